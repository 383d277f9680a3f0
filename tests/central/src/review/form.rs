//! What the reviewer's form leads to.

use super::document;
use super::html::escape;
use crate::refusal::Refusal;
use axum::response::{IntoResponse, Response};

/// The page that the form came from, as it said so itself; nothing but the review page of this server.
pub(crate) fn back_of(wished: &str) -> &str {
    let plain = wished.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if wished.starts_with("/?") && plain {
        wished
    } else {
        "/"
    }
}

/// A refusal as a person reads it.
pub(crate) fn refused(refusal: &Refusal, back: &str) -> Response {
    let text = match refusal.code {
        "judgement" => "没有保存：审核未通过须至少勾选一个原因，说明最多 500 字。",
        "judged" | "locked" => "没有保存：这份照片已有审核结论。",
        "superseded" => "没有保存：这份照片已由重拍替代。",
        "withdrawn" => "没有保存：这份照片已撤回。",
        "settlement" => "没有保存：请填写名单中的学号，或不超过 200 字的原因。",
        "entry_unknown" => "没有保存：名单中没有这个学号，请核对后重填。",
        "person_differs" => {
            "没有保存：名单中这个学号的姓名或证件号与照片登记的不同。核对确为本人后，请勾选“已核对”再提交。"
        }
        "settled" => "没有保存：这名学生已有处理结果。",
        "walk_in_unknown" => "没有保存：这份临时登记的照片已撤回。",
        _ => "没有保存，请返回后重试。",
    };
    let body = format!(
        "<h1>{text}</h1><p><a href=\"{}\">返回</a></p><p><code>{}</code></p>",
        escape(back),
        escape(refusal.code)
    );
    (refusal.status, document("照片审核", &body)).into_response()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_form_leads_back_to_this_server_alone() {
        for foreign in [
            "//a.example/",
            "https://a.example",
            "/?x=\\y",
            "/?x=\r\ny",
            "",
            "/v1/keys",
        ] {
            assert_eq!(super::back_of(foreign), "/", "{foreign}");
        }
        assert_eq!(super::back_of("/?state=pending&page=2"), "/?state=pending&page=2");
    }
}
