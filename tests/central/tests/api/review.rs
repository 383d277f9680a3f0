//! The reviewer's page: several reasons, history, a choice by state and class, nothing but text.

use crate::fixture::{Capture, PHOTO};
use crate::rig::{FORM, JSON, Rig};
use uuid::Uuid;

fn deliver(rig: &Rig, capture: &Capture<'_>) -> Uuid {
    let (id, sealed) = capture.seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    id
}

fn page(rig: &Rig, query: &str) -> String {
    let answer = rig.reviewer("GET", &format!("/{query}"), &[], b"");
    assert_eq!(answer.status, 200, "{query}");
    String::from_utf8(answer.body).unwrap()
}

fn judge(rig: &Rig, id: Uuid, form: &str) -> crate::rig::Answer {
    let path = format!("/v1/packets/{id}/verdict");
    let own = rig.greeting().url.clone();
    rig.reviewer("POST", &path, &[FORM, ("Origin", &own)], form.as_bytes())
}

#[test]
fn markup_is_text_and_another_sites_page_judges_nothing() {
    let rig = Rig::new(true);
    let hostile = "<img src=x onerror=alert(1)>";
    let id = deliver(
        &rig,
        &Capture {
            name: hostile,
            class: "\"><script>1</script>",
            station: "<b>s</b>",
            ..Capture::default()
        },
    );
    let answer = rig.reviewer("GET", "/", &[], b"");
    let policy = answer.header("content-security-policy").unwrap().to_owned();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let html = String::from_utf8(answer.body).unwrap();
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    for markup in ["<img src=x", "<script", "<b>s"] {
        assert!(!html.contains(markup), "{markup}");
    }
    let photo = rig.reviewer("GET", &format!("/v1/packets/{id}/files/photo.jpg"), &[], b"");
    assert_eq!(
        (photo.header("content-type"), photo.body.as_slice()),
        (Some("image/jpeg"), PHOTO)
    );
    let path = format!("/v1/packets/{id}/verdict");
    let foreign = rig.reviewer(
        "POST",
        &path,
        &[FORM, ("Origin", "https://elsewhere.example")],
        b"state=approved",
    );
    assert_eq!((foreign.status, foreign.code().as_str()), (403, "elsewhere"));
    let text = "state=rejected&reason=other&text=%3Cscript%3E";
    assert_eq!(judge(&rig, id, text).status, 303);
    assert!(page(&rig, "").contains("其他 · &lt;script&gt;"));
}

#[test]
fn several_reasons_at_once_and_none_is_refused_in_words() {
    let rig = Rig::new(true);
    let id = deliver(&rig, &Capture::default());
    let none = judge(&rig, id, "state=rejected&text=x");
    assert_eq!(none.status, 422);
    assert!(String::from_utf8(none.body).unwrap().contains("至少勾选一个原因"));
    for form in [
        "state=rejected&reason=hair&reason=hair",
        "state=rejected&reason=x",
        "state=maybe",
        "state=approved&x=1",
    ] {
        assert_eq!(judge(&rig, id, form).status, 422, "{form}");
    }
    let good = "back=%2F%3Fstate%3Dpending%26class%3D%26page%3D1&state=rejected&reason=shadow&reason=hair&text=%E9%87%8D%E6%8B%8D";
    let answer = judge(&rig, id, good);
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/?state=pending&class=&page=1"))
    );
    let verdicts = rig.station("GET", "/v1/verdicts?after=0", &[], b"").json();
    assert_eq!(
        verdicts["verdicts"][0]["reasons"],
        serde_json::json!(["shadow", "hair"])
    );
    assert_eq!(verdicts["verdicts"][0]["text"], "重拍");
    let again = judge(&rig, id, "state=approved");
    assert_eq!(again.status, 409);
    assert!(String::from_utf8(again.body).unwrap().contains("已有审核结论"));
    let large = vec![b' '; 100 << 10];
    let path = format!("/v1/packets/{id}/verdict");
    assert_eq!(rig.reviewer("POST", &path, &[JSON], &large).status, 413);
}

#[test]
fn a_retake_shows_what_was_said_of_the_first() {
    let rig = Rig::new(true);
    let first = deliver(&rig, &Capture::default());
    assert_eq!(
        judge(&rig, first, "state=rejected&reason=eyes_closed&text=%E7%9C%BC").status,
        303
    );
    let retake = deliver(
        &rig,
        &Capture {
            retake_of: Some(first),
            ..Capture::default()
        },
    );
    let html = page(&rig, "?state=pending");
    let item = html.split(&format!("<li id=\"{retake}\">")).nth(1).unwrap();
    for part in [
        &format!("/v1/packets/{retake}/files/photo.jpg"),
        &format!("/v1/packets/{first}/files/photo.jpg"),
        "首次拍摄",
        "审核未通过 · 闭眼 · 眼",
    ] {
        assert!(item.contains(part), "{part}");
    }
    assert!(
        !html.contains(&format!("<li id=\"{first}\">")),
        "the first is superseded"
    );
    assert!(page(&rig, "?state=superseded").contains(&format!("<li id=\"{first}\">")));
    assert_eq!(
        judge(&rig, retake, "state=approved&reason=hair").status,
        303,
        "ticks beside an approval mean nothing"
    );
    assert!(page(&rig, "?state=approved").contains("审核通过，已锁定"));
}

#[test]
fn the_page_is_chosen_by_state_and_class_and_turned() {
    let rig = Rig::new(true);
    let classes = ["护理 2401 班", "A&B"];
    let numbers: Vec<String> = (0..30).map(|n| n.to_string()).collect();
    for (index, number) in numbers.iter().enumerate() {
        let capture = Capture {
            number,
            enrolment: number,
            class: classes[usize::from(index >= 26)],
            ..Capture::default()
        };
        deliver(&rig, &capture);
    }
    let items = |html: &str| html.matches("<li id=").count();
    let first = page(&rig, "");
    assert_eq!(items(&first), 24);
    assert!(first.contains("待审核 30 份") && first.contains("第 1 / 2 页"));
    assert!(first.contains("/?state=&amp;class=&amp;page=2"));
    assert_eq!(items(&page(&rig, "?page=2")), 6);
    assert_eq!(items(&page(&rig, "?class=A%26B&state=pending")), 4);
    assert_eq!(items(&page(&rig, "?state=withdrawn")), 0);
    assert!(page(&rig, "?class=A%26B").contains("<option value=\"A&amp;B\" selected>"));
    assert_eq!(rig.reviewer("GET", "/?state=x", &[], b"").status, 400);
}
