//! The page of errors, with names that would break it.

use crate::made::{rules, subject, table};
use compose::evaluate::page::escaped;
use compose::evaluate::{Options, prepare};

#[test]
fn text_cannot_become_a_tag() {
    assert_eq!(
        escaped("<b a=\"1\" c='2'>&amp;"),
        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;"
    );
    assert_eq!(escaped("眼镜 ≥ 1"), "眼镜 ≥ 1");
}

#[test]
fn a_table_is_read_before_anything_runs() {
    let folder = tempfile::tempdir().unwrap();
    let truth = folder.path().join("index.tsv");
    let options = |pictures: &std::path::Path| Options {
        pictures: pictures.to_owned(),
        truth: truth.clone(),
        copies: false,
    };
    assert!(
        prepare(&options(folder.path()), &rules()).unwrap_err().is_usage(),
        "no table"
    );
    std::fs::write(&truth, table(&[("a.jpg", "", "EARS")])).unwrap();
    assert_eq!(prepare(&options(folder.path()), &rules()).unwrap().0.len(), 1);
    let nowhere = folder.path().join("nowhere");
    assert!(prepare(&options(&nowhere), &rules()).unwrap_err().is_usage());
    std::fs::write(&truth, table(&[("a.jpg", "", "NOSE")])).unwrap();
    assert!(prepare(&options(folder.path()), &rules()).unwrap_err().is_usage());
    assert_eq!(subject("a.jpg", "", "EARS", &[]).row.file, "a.jpg");
}
