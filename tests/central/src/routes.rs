//! The list of all doors, and the router made from it.

use crate::door::Door;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::{
    changes, fault, health, orders, packets, people, provider, refunds, review, sessions, stations, tus,
    verdicts, walk_ins,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, delete, get, head, options, patch, post};
use std::sync::Arc;

/// Largest JSON or form body, in bytes; uploads have their own limit.
const MAX_MESSAGE: usize = 64 << 10;

/// One door: method, path as in the API document, who may pass, what happens.
pub(crate) struct Route {
    /// Only the test against the API document reads it; the handler knows its method itself.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by the test against openapi.json")
    )]
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    door: Door,
    handler: MethodRouter<Arc<Shared>>,
}

fn route(method: &'static str, path: &'static str, door: Door, handler: MethodRouter<Arc<Shared>>) -> Route {
    Route {
        method,
        path,
        door,
        handler,
    }
}

/// Every door of the server. `openapi.json` names exactly these; a test compares.
pub(crate) fn all() -> Vec<Route> {
    use Door::{Join, Open, Reviewer, Simulator, Station};
    vec![
        route("get", "/v1/health", Open, get(health::health)),
        route("get", "/v1/keys", Open, get(sessions::keys)),
        route("post", "/v1/join", Join, post(stations::join)),
        route("get", "/v1/changes", Station, get(changes::pull)),
        route("get", "/v1/sessions", Station, get(sessions::list)),
        route("get", "/v1/sessions/{id}", Station, get(sessions::one)),
        route("get", "/v1/sessions/{id}/roster", Station, get(sessions::roster)),
        route("post", "/v1/orders", Station, post(orders::create)),
        route("get", "/v1/orders/{id}", Station, get(orders::query)),
        route("post", "/v1/orders/{id}/close", Station, post(orders::close)),
        route("post", "/v1/refunds", Station, post(refunds::create)),
        route("post", "/v1/eligibility", Station, post(people::eligibility)),
        route("options", "/files", Open, options(tus::options)),
        route("post", "/files", Station, post(tus::create)),
        route("head", "/files/{id}", Station, head(tus::head)),
        route(
            "patch",
            "/files/{id}",
            Station,
            patch(tus::patch).layer(DefaultBodyLimit::disable()),
        ),
        route("delete", "/files/{id}", Station, delete(tus::terminate)),
        route(
            "post",
            "/v1/packets/{id}/commit",
            Station,
            post(crate::commit::commit),
        ),
        route(
            "post",
            "/v1/packets/{id}/withdraw",
            Station,
            post(packets::withdraw),
        ),
        route("get", "/v1/packets/{id}/photo", Station, get(packets::photo)),
        route("get", "/v1/verdicts", Station, get(verdicts::pull)),
        route("get", "/", Reviewer, get(review::page)),
        route("get", "/audit", Reviewer, get(review::audit)),
        route("post", "/v1/stations", Reviewer, post(stations::invite)),
        route("get", "/v1/stations", Reviewer, get(stations::list)),
        route(
            "post",
            "/v1/stations/{id}/revoke",
            Reviewer,
            post(stations::revoke),
        ),
        route("post", "/v1/messages", Reviewer, post(changes::message)),
        route("post", "/v1/walk-ins/settle", Reviewer, post(walk_ins::settle)),
        route("get", "/v1/packets", Reviewer, get(packets::list)),
        route(
            "get",
            "/v1/packets/{id}/files/{name}",
            Reviewer,
            get(packets::file),
        ),
        route(
            "post",
            "/v1/packets/{id}/verdict",
            Reviewer,
            post(verdicts::judge),
        ),
        route("get", "/simulate/orders", Simulator, get(orders::simulate_open)),
        route(
            "post",
            "/simulate/orders/{id}/pay",
            Simulator,
            post(orders::simulate_pay),
        ),
        route(
            "post",
            "/simulate/orders/{id}/notify",
            Simulator,
            post(orders::simulate_notify),
        ),
        route(
            "post",
            "/simulate/provider",
            Simulator,
            post(provider::door::set_mood),
        ),
        route("post", "/simulate/fault", Simulator, post(fault::add)),
        route("delete", "/simulate/fault", Simulator, delete(fault::clear)),
    ]
}

/// The router of all doors, each with its own guard, behind the faults on demand.
pub(crate) fn router(shared: &Arc<Shared>) -> Router {
    let mut router = Router::new();
    for Route {
        path, door, handler, ..
    } in all()
    {
        let state = Arc::clone(shared);
        let guard = from_fn(move |request, next| {
            let state = Arc::clone(&state);
            async move { door.pass(axum::extract::State(state), request, next).await }
        });
        router = router.route(path, handler.route_layer(guard));
    }
    router
        .fallback(async || Refusal::not_found("door_unknown"))
        .layer(from_fn_with_state(Arc::clone(shared), fault::strike))
        .layer(DefaultBodyLimit::max(MAX_MESSAGE))
        .with_state(Arc::clone(shared))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn the_api_document_names_every_door_and_no_other() {
        let document: serde_json::Value = serde_json::from_str(crate::OPENAPI).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let mut described = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                if method == "parameters" {
                    continue;
                }
                assert!(operation["summary"].is_string(), "{method} {path} has a summary");
                assert!(
                    operation["responses"].is_object(),
                    "{method} {path} has responses"
                );
                described.insert((method.clone(), path.clone()));
            }
        }
        let doors: BTreeSet<_> = super::all()
            .iter()
            .map(|r| (r.method.to_owned(), r.path.to_owned()))
            .collect();
        assert_eq!(described, doors);
    }

    #[test]
    fn every_reference_in_the_api_document_leads_somewhere() {
        let document: serde_json::Value = serde_json::from_str(crate::OPENAPI).unwrap();
        let mut pending = vec![&document];
        let mut references = 0;
        while let Some(value) = pending.pop() {
            match value {
                serde_json::Value::Object(map) => {
                    if let Some(target) = map.get("$ref").and_then(|r| r.as_str()) {
                        let pointer = target.strip_prefix('#').unwrap();
                        assert!(document.pointer(pointer).is_some(), "{target}");
                        references += 1;
                    }
                    pending.extend(map.values());
                }
                serde_json::Value::Array(list) => pending.extend(list),
                _ => {}
            }
        }
        assert!(references > 20);
    }
}
