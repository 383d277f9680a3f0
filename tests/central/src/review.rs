//! The reviewer's page: the newest packets with their photos, and two buttons.

use crate::packets::HeldPacket;
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use crate::verdicts::REASONS;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write;

/// Packets on the page.
const SHOWN: usize = 60;

const STYLE: &str = "body{font:16px/1.5 'Noto Sans SC',sans-serif;margin:24px;background:#f4f5f7;color:#1c2430}
h1{font-size:22px}ul{list-style:none;padding:0;display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(300px,1fr))}
li{background:#fff;border:1px solid #d5dae1;border-radius:8px;padding:16px}img{width:144px;height:192px;float:right;background:#eee}
dl{margin:0}dt{font-size:13px;color:#5a6675}dd{margin:0 0 6px}form{clear:both;padding-top:10px;display:flex;gap:8px;flex-wrap:wrap}
button{min-height:44px;padding:0 16px;font:inherit}.approved{color:#0b6b3a}.rejected{color:#a3261b}code{font-size:12px;word-break:break-all}";

/// `GET /`
pub(crate) async fn page(shared: State) -> Result<Response, Refusal> {
    let html = blocking(&shared, |shared| shared.review_page()).await?;
    let policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; \
                  frame-ancestors 'none'; base-uri 'none'";
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Html(html)).into_response())
}

/// `GET /audit`
pub(crate) async fn audit(shared: State) -> Result<Response, Refusal> {
    let lines = blocking(&shared, |shared| shared.ledger.audit(200)).await?;
    Ok(Html(escape(&format!("{lines:?}"))).into_response())
}

impl Shared {
    fn review_page(&self) -> Result<String, Refusal> {
        let packets = self.ledger.packets()?;
        let waiting = packets.iter().filter(|p| p.state == "pending").count();
        let mut items = String::new();
        for held in packets.iter().rev().take(SHOWN) {
            items.push_str(&self.item(held));
        }
        let school = escape(&self.school.session.school);
        let title = escape(&self.school.session.title);
        Ok(format!(
            "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>照片审核</title>\
             <style>{STYLE}</style><h1>照片审核 · {school} · {title}</h1>\
             <p>共 {} 份，待审核 {waiting} 份。审核通过后照片即锁定。</p><ul>{items}</ul></html>",
            packets.len()
        ))
    }

    fn item(&self, held: &HeldPacket) -> String {
        let opened = held
            .id
            .parse()
            .map_err(anyhow::Error::from)
            .map_err(Refusal::from);
        let facts = match opened.and_then(|id| self.open_packet(id)) {
            Ok(opened) => {
                let manifest = opened.manifest;
                [
                    ("姓名", manifest.identity.name.as_str().to_owned()),
                    ("班级", manifest.enrolment.class),
                    ("学号", manifest.enrolment.student_number.as_str().to_owned()),
                    ("拍摄时间", manifest.captured_at.to_string()),
                    ("签收时间", held.received_at.clone()),
                ]
            }
            Err(refusal) => {
                tracing::error!(
                    packet = held.id,
                    code = refusal.code,
                    "a held packet cannot be shown"
                );
                let blank = || String::from("—");
                [
                    ("姓名", "无法打开".to_owned()),
                    ("班级", blank()),
                    ("学号", blank()),
                    ("拍摄时间", blank()),
                    ("签收时间", held.received_at.clone()),
                ]
            }
        };
        let id = escape(&held.id);
        let mut html = format!(
            "<li id=\"{id}\"><img alt=\"标准照片\" loading=\"lazy\" src=\"/v1/packets/{id}/files/photo.jpg\"><dl>"
        );
        for (term, text) in facts {
            // Writing to a String cannot fail.
            let _ = write!(html, "<dt>{term}</dt><dd>{}</dd>", escape(&text));
        }
        html.push_str("</dl>");
        html.push_str(&decision(&id, &held.state));
        let _ = write!(html, "<code>{id}</code></li>");
        html
    }
}

fn decision(id: &str, state: &str) -> String {
    match state {
        "approved" => return "<p class=\"approved\">✓ 审核通过，已锁定</p>".to_owned(),
        "rejected" => return "<p class=\"rejected\">✗ 审核未通过，待重拍</p>".to_owned(),
        _ => {}
    }
    let options: String = REASONS
        .iter()
        .map(|(code, text)| format!("<option value=\"{code}\">{text}</option>"))
        .collect();
    format!(
        "<form method=\"post\" action=\"/v1/packets/{id}/verdict\">\
         <button name=\"state\" value=\"approved\">审核通过</button></form>\
         <form method=\"post\" action=\"/v1/packets/{id}/verdict\">\
         <select name=\"reason\" aria-label=\"原因\">{options}</select>\
         <input name=\"text\" maxlength=\"500\" aria-label=\"说明\" placeholder=\"说明\">\
         <button name=\"state\" value=\"rejected\">审核未通过</button></form>"
    )
}

/// Text as HTML shows it; nothing in it can become markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_stays_text() {
        assert_eq!(
            super::escape("<b a=\"1\">&'"),
            "&lt;b a=&quot;1&quot;&gt;&amp;&#39;"
        );
    }
}
