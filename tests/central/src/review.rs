//! The reviewer's pages: packets with their photos and history, and the last lines of the audit trail.

mod form;
mod html;
mod item;

pub(crate) use form::{back_of, refused};

use crate::extract::Asked;
use crate::ledger::{AuditLine, Choice, Chosen};
use crate::refusal::Refusal;
use crate::shared::{Shared, State, blocking};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use html::escape;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::num::NonZeroU32;

/// Packets on one page.
const SHOWN: u32 = 24;
/// Lines of the audit trail.
const LINES: u32 = 300;

const STYLE: &str = include_str!("review/style.css");

/// States as the API names them and as people read them.
const STATES: [(&str, &str); 5] = [
    ("pending", "待审核"),
    ("approved", "审核通过"),
    ("rejected", "审核未通过"),
    ("superseded", "已由重拍替代"),
    ("withdrawn", "已撤回"),
];

/// What the reviewer wants to see; an empty field is no wish.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    class: String,
    /// From 1.
    #[serde(default)]
    page: Option<NonZeroU32>,
}

impl Filter {
    fn choice(&self) -> Result<Choice, Refusal> {
        let wish = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        if !self.state.is_empty() && STATES.iter().all(|(code, _)| *code != self.state) {
            return Err(Refusal::bad("query", "no packet is ever in that state"));
        }
        Ok(Choice {
            state: wish(&self.state),
            class_name: wish(&self.class),
            skip: (self.page() - 1).saturating_mul(SHOWN),
            most: SHOWN,
        })
    }

    fn page(&self) -> u32 {
        self.page.map_or(1, NonZeroU32::get)
    }

    /// Address of another page of the same choice.
    fn address(&self, page: u32) -> String {
        let state = html::query(&self.state);
        format!("/?state={state}&class={}&page={page}", html::query(&self.class))
    }
}

/// `GET /`
pub(crate) async fn page(shared: State, Asked(filter): Asked<Filter>) -> Result<Response, Refusal> {
    let choice = filter.choice()?;
    let body = blocking(&shared, move |shared| {
        let chosen = shared.ledger.choose(&choice)?;
        shared.review_page(&filter, &chosen)
    })
    .await?;
    Ok(document("照片审核", &body))
}

/// `GET /audit`
pub(crate) async fn audit(shared: State) -> Result<Response, Refusal> {
    let lines = blocking(&shared, |shared| shared.ledger.audit(LINES)).await?;
    Ok(document("操作记录", &audit_page(&lines)))
}

/// A whole page under a policy that runs no script, loads nothing from elsewhere and shows this style alone.
fn document(title: &str, body: &str) -> Response {
    let style = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; img-src 'self'; style-src 'sha256-{style}'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    let html = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>{body}</body></html>"
    );
    (headers, Html(html)).into_response()
}

impl Shared {
    fn review_page(&self, filter: &Filter, chosen: &Chosen) -> Result<String, Refusal> {
        let mut items = String::new();
        for held in &chosen.packets {
            items.push_str(&self.item(held, &filter.address(filter.page()))?);
        }
        let school = escape(&self.school.session.school);
        let title = escape(&self.school.session.title);
        Ok(format!(
            "<header><h1>照片审核 · {school} · {title}</h1><a href=\"/audit\">操作记录</a></header>\
             <p>待审核 {} 份，当前筛选 {} 份。审核通过后照片即锁定。</p>{}<ul class=\"packets\">{items}</ul>{}",
            chosen.pending,
            chosen.fitting,
            filter_form(filter, &chosen.classes),
            pages(filter, chosen.fitting)
        ))
    }
}

fn filter_form(filter: &Filter, classes: &[String]) -> String {
    let option = |value: &str, text: &str, chosen: &str| {
        let mark = if value == chosen { " selected" } else { "" };
        format!(
            "<option value=\"{}\"{mark}>{}</option>",
            escape(value),
            escape(text)
        )
    };
    let states: String = STATES
        .iter()
        .map(|(code, text)| option(code, text, &filter.state))
        .collect();
    let classes: String = classes
        .iter()
        .map(|name| option(name, name, &filter.class))
        .collect();
    format!(
        "<form class=\"filter\" method=\"get\" action=\"/\">\
         <label>状态 <select name=\"state\"><option value=\"\">全部</option>{states}</select></label>\
         <label>班级 <select name=\"class\"><option value=\"\">全部</option>{classes}</select></label>\
         <button>筛选</button></form>"
    )
}

fn pages(filter: &Filter, fitting: u32) -> String {
    let last = fitting.div_ceil(SHOWN).max(1);
    let here = filter.page();
    let mut html = String::from("<nav>");
    // Writing to a String cannot fail.
    if here > 1 {
        let _ = write!(
            html,
            "<a href=\"{}\">上一页</a>",
            escape(&filter.address(here - 1))
        );
    }
    let _ = write!(html, "<span>第 {here} / {last} 页</span>");
    if here < last {
        let _ = write!(
            html,
            "<a href=\"{}\">下一页</a>",
            escape(&filter.address(here + 1))
        );
    }
    html.push_str("</nav>");
    html
}

fn audit_page(lines: &[AuditLine]) -> String {
    let rows: String = lines
        .iter()
        .map(|line| {
            let at = html::time(&line.at);
            let cells = [&at, &line.who, &line.what, &line.subject];
            let cells: String = cells.map(|cell| format!("<td>{}</td>", escape(cell))).concat();
            format!("<tr>{cells}</tr>")
        })
        .collect();
    format!(
        "<header><h1>操作记录 · 最近 {LINES} 条</h1><a href=\"/\">照片审核</a></header>\
         <table><thead><tr><th>时间</th><th>操作者</th><th>操作</th><th>对象</th></tr></thead>\
         <tbody>{rows}</tbody></table>"
    )
}
