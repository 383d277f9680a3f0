//! The door of 采集码: pictures of them, and what a scanner typed.

/// 采集码: an even first byte is followed by a picture's width and its grey pixels, an odd one by what a scanner typed.
pub(crate) fn capture_code(bytes: &[u8]) {
    let Some((kind, content)) = bytes.split_first() else {
        return;
    };
    let text = if kind % 2 == 0 {
        grey(content)
            .map(|picture| qr::look(&picture))
            .and_then(|seen| match seen {
                qr::Seen::Read(text) => Some(text),
                _ => None,
            })
    } else {
        std::str::from_utf8(content).ok().map(domain::code::narrow)
    };
    let Some(code) = text.and_then(|text| {
        let code = domain::code::CaptureCode::read(&text).ok()?;
        assert_eq!(code.payload().as_str(), text, "a code that is not kept whole");
        Some(code)
    }) else {
        return;
    };
    assert!(!format!("{code:?}").contains(code.payload().as_str()) || code.payload().as_str().len() < 8);
    assert!(
        domain::code::CodeId::kept(code.id().as_str()).is_some(),
        "an id that cannot be kept"
    );
    assert!(!domain::code::pays(code.payload().as_str()), "a code that pays");
}

/// A picture of grey pixels; the first byte is its width.
fn grey(bytes: &[u8]) -> Option<domain::picture::Picture> {
    let (width, pixels) = bytes.split_first()?;
    let height = pixels.len().min(1 << 16) / usize::from(*width).max(1);
    let pixels = &pixels[..height * usize::from(*width)];
    let rgb = pixels.iter().flat_map(|value| [*value; 3]).collect();
    domain::picture::Picture::new(u32::from(*width), u32::try_from(height).ok()?, rgb)
}
