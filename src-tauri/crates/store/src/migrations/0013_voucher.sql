-- Whose code an order is, when it ends, and the voucher that pays it.
ALTER TABLE fee_order ADD COLUMN channel TEXT NOT NULL DEFAULT 'wechat';
ALTER TABLE fee_order ADD COLUMN voucher TEXT;
ALTER TABLE fee_order ADD COLUMN expires_at INTEGER;
CREATE INDEX fee_order_voucher ON fee_order (voucher) WHERE voucher IS NOT NULL;
