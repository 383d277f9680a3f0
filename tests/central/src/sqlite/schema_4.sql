-- Whose code an order is, when it ends, what voucher pays it, and money that went back.

ALTER TABLE purchase ADD COLUMN channel TEXT NOT NULL DEFAULT 'wechat';
ALTER TABLE purchase ADD COLUMN voucher TEXT;
ALTER TABLE purchase ADD COLUMN expires_at TEXT;
-- A voucher whose fee went back can be used again.
ALTER TABLE purchase ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX voucher_once ON purchase (voucher) WHERE voucher IS NOT NULL AND state = 'paid' AND returned = 0;

CREATE TABLE repayment (
    id TEXT PRIMARY KEY, purchase TEXT NOT NULL REFERENCES purchase (id), amount_fen INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unknown', 'done', 'refused')), created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX repaid_once ON repayment (purchase) WHERE state <> 'refused';
