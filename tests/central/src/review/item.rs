//! One packet on the reviewer's page.

use super::STATES;
use super::html::{escape, time};
use crate::packets::HeldPacket;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::verdicts::{REASONS, Verdict};
use crate::walk_ins::Settlement;
use std::fmt::Write;
use uuid::Uuid;

impl Shared {
    /// `back` is the address of the page that shows it.
    pub(super) fn item(&self, held: &HeldPacket, back: &str) -> Result<String, Refusal> {
        let id: Uuid = held.id.parse().map_err(anyhow::Error::from)?;
        let first = held.retake_of.as_ref().and_then(|first| first.parse().ok());
        let twins = self.ledger.twins(id)?;
        let mut html = format!("<li id=\"{}\">", escape(&held.id));
        if !twins.is_empty() {
            html.push_str("<p class=\"twin\">⚠ 同一人另有照片，请与采集点核对</p>");
        }
        html.push_str("<div class=\"photos\">");
        html.push_str(&photo(
            &held.id,
            if first.is_some() { "重拍" } else { "标准照片" },
        ));
        if let Some(first) = &held.retake_of {
            html.push_str(&photo(first, "首次拍摄"));
        }
        for twin in &twins {
            html.push_str(&photo(twin, "同一人的另一份"));
        }
        html.push_str("</div><dl>");
        for (term, text) in self.facts(held, id) {
            // Writing to a String cannot fail.
            let _ = write!(html, "<dt>{term}</dt><dd>{}</dd>", escape(&text));
        }
        html.push_str("</dl>");
        if let Some(first) = first {
            html.push_str(&self.earlier(first)?);
        }
        html.push_str(&self.state(held, id)?);
        if held.provisional {
            html.push_str(&self.walk_in(held, back)?);
        }
        if held.state == "pending" {
            html.push_str(&decision(&held.id, back));
        }
        let _ = write!(
            html,
            "<code>{} · {}</code></li>",
            escape(&held.station),
            escape(&held.id)
        );
        Ok(html)
    }

    fn facts(&self, held: &HeldPacket, id: Uuid) -> Vec<(&'static str, String)> {
        let received = ("签收时间", time(&held.received_at));
        match self.open_packet(id) {
            Ok(opened) => {
                let manifest = opened.manifest;
                vec![
                    ("姓名", manifest.identity.name.as_str().to_owned()),
                    ("班级", manifest.enrolment.class),
                    ("学号", manifest.enrolment.student_number.as_str().to_owned()),
                    ("拍摄时间", time(&manifest.captured_at.to_string())),
                    received,
                ]
            }
            Err(refusal) => {
                tracing::error!(
                    packet = held.id,
                    code = refusal.code,
                    "a held packet cannot be shown"
                );
                vec![("姓名", "无法打开".to_owned()), received]
            }
        }
    }

    /// What was said of the first capture of a retake.
    fn earlier(&self, first: Uuid) -> Result<String, Refusal> {
        let link = format!("<a href=\"#{first}\">首次拍摄</a>");
        Ok(match self.ledger.verdict(first)? {
            Some(verdict) => format!("<p>{link}：{}</p>", said(&verdict)),
            None => format!("<p>{link}：未审核</p>"),
        })
    }

    /// Who a walk-in is: what was said of it, or the forms that say it.
    fn walk_in(&self, held: &HeldPacket, back: &str) -> Result<String, Refusal> {
        let settled = self.ledger.settlement(&held.session, &held.enrolment)?;
        Ok(match settled {
            Some(Settlement {
                entry: Some(entry), ..
            }) => format!("<p>临时登记，已对应学籍 {}</p>", escape(&entry)),
            Some(settled) => {
                let reason = settled.reason.unwrap_or_default();
                format!(
                    "<p class=\"rejected\">临时登记，无学籍可对应：{}</p>",
                    escape(&reason)
                )
            }
            None if held.state == "withdrawn" => String::new(),
            None => settling(held, back),
        })
    }

    fn state(&self, held: &HeldPacket, id: Uuid) -> Result<String, Refusal> {
        let known = STATES.iter().find(|(code, _)| *code == held.state);
        let text = known.map_or(held.state.as_str(), |(_, text)| text);
        let mut html = format!("<p class=\"{}\">{}", escape(&held.state), escape(text));
        if held.state == "approved" {
            html.push_str("，已锁定");
        }
        if let Some(withdrawn) = &held.withdrawn {
            let facts = [
                withdrawn.reason.clone(),
                withdrawn.by.clone(),
                time(&withdrawn.at),
            ];
            let _ = write!(html, "：{}", facts.map(|fact| escape(&fact)).join(" · "));
        }
        html.push_str("</p>");
        if let Some(verdict) = self.ledger.verdict(id)? {
            let _ = write!(html, "<p>{}</p>", said(&verdict));
        }
        Ok(html)
    }
}

fn photo(id: &str, caption: &str) -> String {
    let id = escape(id);
    format!(
        "<figure><img alt=\"{caption}\" loading=\"lazy\" src=\"/v1/packets/{id}/files/photo.jpg\">\
         <figcaption>{caption}</figcaption></figure>"
    )
}

/// A verdict in words.
fn said(verdict: &Verdict) -> String {
    let word = |code: &String| {
        let known = REASONS.iter().find(|(known, _)| known == code);
        known.map_or(code.as_str(), |(_, text)| text).to_owned()
    };
    let state = if verdict.state == "approved" {
        "审核通过"
    } else {
        "审核未通过"
    };
    let mut parts = vec![state.to_owned()];
    parts.extend(verdict.reasons.iter().map(word));
    parts.extend(Some(verdict.text.clone()).filter(|text| !text.is_empty()));
    parts.push(time(&verdict.at));
    escape(&parts.join(" · "))
}

/// A walk-in's two ways: the row of the roster, or why there is none.
fn settling(held: &HeldPacket, back: &str) -> String {
    let (session, provisional, back) = (escape(&held.session), escape(&held.enrolment), escape(back));
    let begin = format!(
        "<form class=\"reject\" method=\"post\" action=\"/v1/walk-ins/settle\">\
         <input type=\"hidden\" name=\"session\" value=\"{session}\">\
         <input type=\"hidden\" name=\"provisional\" value=\"{provisional}\">\
         <input type=\"hidden\" name=\"back\" value=\"{back}\">"
    );
    format!(
        "<fieldset class=\"walk-in\"><legend>临时登记，请对应学籍</legend>\
         {begin}<input name=\"entry\" required maxlength=\"200\" aria-label=\"学号\" placeholder=\"名单中的学号\">\
         <label><input type=\"checkbox\" name=\"differs\" value=\"yes\">姓名或证件号不同，已核对</label>\
         <button>对应</button></form>\
         {begin}<input name=\"reason\" required maxlength=\"200\" aria-label=\"无学籍的原因\" placeholder=\"无学籍可对应，原因\">\
         <button>提交</button></form></fieldset>"
    )
}

/// Two forms: no key pressed in the text of a rejection can approve.
fn decision(id: &str, back: &str) -> String {
    let (id, back) = (escape(id), escape(back));
    let reasons: String = REASONS
        .iter()
        .map(|(code, text)| {
            format!("<label><input type=\"checkbox\" name=\"reason\" value=\"{code}\">{text}</label>")
        })
        .collect();
    let begin = format!(
        "<form method=\"post\" action=\"/v1/packets/{id}/verdict\">\
         <input type=\"hidden\" name=\"back\" value=\"{back}\">"
    );
    format!(
        "{begin}<button name=\"state\" value=\"approved\">审核通过</button></form>\
         <details><summary>审核未通过…</summary>{begin}<fieldset class=\"reasons\">{reasons}</fieldset>\
         <div class=\"reject\"><input name=\"text\" maxlength=\"500\" aria-label=\"说明\" placeholder=\"说明\">\
         <button name=\"state\" value=\"rejected\">提交</button></div></form></details>"
    )
}
