//! The one byte form that is signed: it does not depend on how a message was written as JSON.

/// `label` and every field, each led by its length as four big-endian bytes, one after the other.
///
/// The label separates the kinds of signed statement, so that the signature of one can never stand
/// for another; the lengths keep neighbouring fields apart.
pub(crate) fn canonical(label: &str, fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in std::iter::once(&label.as_bytes()).chain(fields) {
        bytes.extend_from_slice(&(field.len() as u32).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn neighbouring_fields_stay_apart() {
        assert_ne!(canonical("a", &[b"bc", b"d"]), canonical("a", &[b"b", b"cd"]));
        assert_ne!(canonical("ab", &[b"c"]), canonical("a", &[b"bc"]));
        assert_eq!(canonical("a", &[b""]), [0, 0, 0, 1, b'a', 0, 0, 0, 0]);
    }
}
