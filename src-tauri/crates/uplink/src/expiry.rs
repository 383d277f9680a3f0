//! How long the server keeps an unfinished upload.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap};
use std::time::Duration;

/// An upload that ends sooner is not gone on with: its last bytes might come too late.
pub(crate) const MARGIN: Duration = Duration::from_secs(60);

/// How long the upload of this answer still lives, by the server's own clock: `Upload-Expires` less the answer's
/// `Date`, so that the station's clock may be wrong. `None` when nothing is said, or nothing that can be read.
pub(crate) fn remaining(headers: &HeaderMap) -> Option<Duration> {
    let ends = moment(headers, "upload-expires")?;
    let now = moment(headers, DATE.as_str()).unwrap_or_else(Timestamp::now);
    // A time that has passed is nothing left.
    Some(Duration::try_from(ends.duration_since(now)).unwrap_or_default())
}

fn moment(headers: &HeaderMap, name: &str) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expires: &str, date: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert("upload-expires", expires.parse().unwrap());
        headers.insert(DATE, date.parse().unwrap());
        remaining(&headers)
    }

    #[test]
    fn only_the_servers_own_clock_counts() {
        let date = "Thu, 28 Nov 2030 04:00:00 GMT";
        assert_eq!(
            told("Thu, 28 Nov 2030 05:00:00 GMT", date),
            Some(Duration::from_secs(3600))
        );
        assert_eq!(told("Wed, 27 Nov 2030 05:00:00 GMT", date), Some(Duration::ZERO));
        assert_eq!(told("tomorrow", date), None);
        assert_eq!(remaining(&HeaderMap::new()), None);
    }
}
