//! Reads a PDF document by its cross-reference table, as far as sheets use the format. Knows nothing of the writer.

pub(crate) struct PdfFile {
    bytes: Vec<u8>,
    /// Where each object begins; the first is number 0.
    offsets: Vec<usize>,
}

/// What a page paints, in points from the bottom left corner.
#[derive(Debug, Default)]
pub(crate) struct Painted {
    /// Photos: name, matrix, clipping rectangle.
    pub(crate) photos: Vec<(String, [f64; 6], Option<[f64; 4]>)>,
    /// Lines: from x, y to x, y.
    pub(crate) lines: Vec<[f64; 4]>,
    pub(crate) line_width: f64,
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|part| part == word)
}

impl PdfFile {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&bytes[bytes.len() - 200..]).into_owned();
        let start = text.rsplit("startxref").next().unwrap();
        let start: usize = start.split_whitespace().next().unwrap().parse().unwrap();
        let table = String::from_utf8_lossy(&bytes[start..]).into_owned();
        assert!(table.starts_with("xref"));
        let mut words = table.split_whitespace().skip(2);
        let count: usize = words.next().unwrap().parse().unwrap();
        let words: Vec<&str> = words.take(count * 3).collect();
        let offsets = words.chunks(3).map(|entry| entry[0].parse().unwrap()).collect();
        Self {
            bytes: bytes.to_vec(),
            offsets,
        }
    }

    /// The dictionary of an object as text, and its stream.
    pub(crate) fn object(&self, number: usize) -> (String, Vec<u8>) {
        let at = self.offsets[number];
        let rest = &self.bytes[at..];
        assert!(rest.starts_with(format!("{number} 0 obj").as_bytes()));
        let end = find(rest, b"endobj").unwrap();
        let Some(stream) = find(rest, b"stream").filter(|at| *at < end) else {
            return (String::from_utf8_lossy(&rest[..end]).into_owned(), vec![]);
        };
        let dict = String::from_utf8_lossy(&rest[..stream]).into_owned();
        let length: usize = value(&dict, "Length")[0].parse().unwrap();
        let after = &rest[stream + b"stream".len()..];
        let skip = if after.starts_with(b"\r\n") { 2 } else { 1 };
        let data = after[skip..skip + length].to_vec();
        assert!(
            after[skip + length..]
                .trim_ascii_start()
                .starts_with(b"endstream")
        );
        (dict, data)
    }

    /// Numbers of all objects whose dictionary has `word`.
    pub(crate) fn having(&self, word: &str) -> Vec<usize> {
        (1..self.offsets.len())
            .filter(|number| self.object(*number).0.contains(word))
            .collect()
    }

    /// The pages in their order, as dictionaries.
    pub(crate) fn pages(&self) -> Vec<String> {
        let tree = self.having("/Kids");
        assert_eq!(tree.len(), 1);
        let tree = self.object(tree[0]).0;
        let kids = references(&tree, "Kids");
        assert_eq!(value(&tree, "Count")[0], kids.len().to_string());
        kids.iter().map(|kid| self.object(*kid).0).collect()
    }

    /// What a page paints.
    pub(crate) fn painted(&self, page: &str) -> Painted {
        let content = self.object(references(page, "Contents")[0]).1;
        let mut painted = Painted::default();
        let (mut operands, mut clip, mut rectangle, mut matrix, mut at) =
            (vec![], None, None, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], (0.0, 0.0));
        let mut line = None;
        for word in String::from_utf8(content).unwrap().split_whitespace() {
            if let Ok(number) = word.parse::<f64>() {
                operands.push(number);
                continue;
            }
            match word {
                "q" | "Q" => (clip, matrix) = (None, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
                "re" => rectangle = Some([operands[0], operands[1], operands[2], operands[3]]),
                "W" => clip = rectangle,
                "n" | "G" => {}
                "w" => painted.line_width = operands[0],
                "cm" => matrix.copy_from_slice(&operands),
                "m" => at = (operands[0], operands[1]),
                "l" => line = Some([at.0, at.1, operands[0], operands[1]]),
                "S" => painted.lines.push(line.take().unwrap()),
                name if name.starts_with('/') => {
                    painted.photos.push((name[1..].to_string(), matrix, clip));
                    continue;
                }
                "Do" => {}
                unknown => panic!("operator {unknown}"),
            }
            operands.clear();
        }
        painted
    }
}

/// The words after a key, up to the next one.
pub(crate) fn value<'a>(dict: &'a str, key: &str) -> Vec<&'a str> {
    let (_, rest) = dict
        .split_once(&format!("/{key}"))
        .unwrap_or_else(|| panic!("no {key} in {dict}"));
    let rest = rest.split('/').next().unwrap();
    rest.split(|c: char| c.is_whitespace() || "[]<>".contains(c))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Numbers of the objects that a key refers to.
pub(crate) fn references(dict: &str, key: &str) -> Vec<usize> {
    let words = value(dict, key);
    let ends = words.iter().enumerate().filter(|(_, word)| **word == "R");
    ends.map(|(at, _)| words[at - 2].parse().unwrap()).collect()
}
