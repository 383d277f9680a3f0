//! Which of the modes a camera offers to use.

use crate::Wanted;
use domain::camera::{Mode, Rate};
use domain::frame::FrameFormat;

/// The modes, best first; the later ones are what to fall back on when the camera refuses the earlier.
///
/// First the operator's own choice; else those of useful size and rate, then those of useful size at any
/// rate, then the rest by size. Within these MJPEG comes before YUYV, NV12 and RGB, the best rate before a
/// lesser one, the best size before smaller and then larger ones.
pub(crate) fn ranked(offered: &[Mode], wanted: &Wanted) -> Vec<Mode> {
    let mut ranked: Vec<Mode> = offered
        .iter()
        .copied()
        .filter(|mode| mode.width > 0 && mode.height > 0 && mode.rate.per_second() > 0.0)
        .collect();
    ranked.sort_by_key(|mode| {
        let pixels = u64::from(mode.width) * u64::from(mode.height);
        let best = u64::from(wanted.best.0) * u64::from(wanted.best.1);
        let large = mode.width >= wanted.least.0 && mode.height >= wanted.least.1;
        let rate = rounded(mode.rate);
        let tier = match (large, rate >= wanted.least_rate) {
            _ if Some(*mode) == wanted.mode => 0,
            (true, true) => 1,
            (true, false) => 2,
            (false, _) => 3,
        };
        let size = if (mode.width, mode.height) == wanted.best {
            (0, 0)
        } else if pixels <= best {
            (1, best - pixels)
        } else {
            (2, pixels)
        };
        let slow = rate < wanted.best_rate;
        let format = preference(mode.format);
        match tier {
            0 | 1 => (
                tier,
                format,
                u64::from(slow),
                size,
                rate.abs_diff(wanted.best_rate),
            ),
            // Too slow or too small: the rate or the size that is nearest to useful counts before the format.
            2 => (
                tier,
                0,
                u64::from(wanted.best_rate.abs_diff(rate)),
                size,
                format.into(),
            ),
            _ => (tier, 0, u64::from(slow), size, format.into()),
        }
    });
    ranked.dedup();
    ranked
}

/// 29.97 frames a second are as good as 30.
fn rounded(rate: Rate) -> u32 {
    rate.per_second().round() as u32
}

fn preference(format: FrameFormat) -> u8 {
    match format {
        FrameFormat::Mjpeg => 0,
        FrameFormat::Yuyv => 1,
        FrameFormat::Nv12 => 2,
        FrameFormat::Rgb => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FrameFormat::{Mjpeg, Nv12, Yuyv};
    use proptest::prelude::*;

    fn offer((format, width, height, rate): (FrameFormat, u32, u32, u32)) -> Mode {
        Mode {
            format,
            width,
            height,
            rate: Rate::whole(rate),
        }
    }

    #[test]
    fn a_fractional_rate_counts_as_the_whole_one_it_is_near() {
        let ntsc = Mode {
            rate: Rate {
                frames: 30_000,
                seconds: 1_001,
            },
            ..offer((Mjpeg, 1920, 1080, 30))
        };
        let slower = offer((Mjpeg, 1920, 1080, 25));
        assert_eq!(ranked(&[slower, ntsc], &Wanted::default()), [ntsc, slower]);
    }

    #[test]
    fn the_operators_choice_comes_first_and_the_usual_order_behind_it() {
        let (small, full) = (offer((Yuyv, 640, 480, 15)), offer((Mjpeg, 1920, 1080, 30)));
        let chosen = |mode| Wanted {
            mode: Some(mode),
            ..Wanted::default()
        };
        assert_eq!(ranked(&[full, small], &chosen(small)), [small, full]);
        let absent = offer((Mjpeg, 800, 600, 30));
        assert_eq!(
            ranked(&[small, full], &chosen(absent)),
            [full, small],
            "not offered any more"
        );
    }

    #[test]
    fn the_choice_table() {
        type Row = (FrameFormat, u32, u32, u32);
        let table: &[(&str, &[Row], Row)] = &[
            (
                "a usual webcam: full size at 30 as MJPEG",
                &[
                    (Yuyv, 640, 480, 30),
                    (Yuyv, 1920, 1080, 5),
                    (Mjpeg, 640, 480, 30),
                    (Mjpeg, 1280, 720, 30),
                    (Mjpeg, 1920, 1080, 30),
                ],
                (Mjpeg, 1920, 1080, 30),
            ),
            (
                "full size only at 25: the smaller one at 30",
                &[(Mjpeg, 1920, 1080, 25), (Mjpeg, 1280, 720, 30)],
                (Mjpeg, 1280, 720, 30),
            ),
            (
                "nothing at 30: the largest useful at 25",
                &[(Mjpeg, 1280, 720, 25), (Mjpeg, 1920, 1080, 24)],
                (Mjpeg, 1920, 1080, 24),
            ),
            (
                "30 rather than 60",
                &[(Mjpeg, 1920, 1080, 60), (Mjpeg, 1920, 1080, 30)],
                (Mjpeg, 1920, 1080, 30),
            ),
            (
                "60 rather than a smaller size",
                &[(Mjpeg, 1920, 1080, 60), (Mjpeg, 1280, 720, 30)],
                (Mjpeg, 1920, 1080, 60),
            ),
            (
                "not four times the pixels to decode",
                &[(Mjpeg, 3840, 2160, 30), (Mjpeg, 1280, 720, 30)],
                (Mjpeg, 1280, 720, 30),
            ),
            (
                "but rather those than slow ones",
                &[(Mjpeg, 3840, 2160, 30), (Mjpeg, 1920, 1080, 15)],
                (Mjpeg, 3840, 2160, 30),
            ),
            (
                "MJPEG before a larger raw format",
                &[(Yuyv, 1920, 1080, 30), (Mjpeg, 1280, 720, 30)],
                (Mjpeg, 1280, 720, 30),
            ),
            (
                "raw when MJPEG is too small",
                &[
                    (Mjpeg, 640, 480, 30),
                    (Nv12, 1280, 720, 30),
                    (Yuyv, 1280, 720, 30),
                ],
                (Yuyv, 1280, 720, 30),
            ),
            (
                "NV12 when that is all",
                &[(Nv12, 1280, 720, 30)],
                (Nv12, 1280, 720, 30),
            ),
            (
                "large and slow before small and fast",
                &[(Mjpeg, 640, 480, 30), (Yuyv, 1280, 720, 10)],
                (Yuyv, 1280, 720, 10),
            ),
            (
                "of the slow ones the fastest",
                &[(Yuyv, 1920, 1080, 5), (Yuyv, 1280, 720, 10)],
                (Yuyv, 1280, 720, 10),
            ),
            (
                "of the small ones the largest",
                &[(Mjpeg, 320, 240, 30), (Yuyv, 640, 480, 30)],
                (Yuyv, 640, 480, 30),
            ),
        ];
        for (what, offers, expected) in table {
            for reversed in [false, true] {
                let mut offers: Vec<_> = offers.iter().copied().map(offer).collect();
                if reversed {
                    offers.reverse();
                }
                assert_eq!(
                    ranked(&offers, &Wanted::default()).first(),
                    Some(&offer(*expected)),
                    "{what}"
                );
            }
        }
        assert_eq!(ranked(&[], &Wanted::default()), []);
        assert_eq!(ranked(&[offer((Mjpeg, 1280, 720, 0))], &Wanted::default()), []);
    }

    proptest! {
        #[test]
        fn a_useful_offer_is_never_passed_over(
            offers in proptest::collection::vec(
                (prop_oneof![Just(Mjpeg), Just(Yuyv), Just(Nv12)], 1u32..4000, 1u32..3000, 1u32..120), 1..20),
        ) {
            let offers: Vec<_> = offers.into_iter().map(offer).collect();
            let wanted = Wanted::default();
            let useful =
                |o: &Mode| o.width >= wanted.least.0 && o.height >= wanted.least.1 && rounded(o.rate) >= wanted.least_rate;
            let ranked = ranked(&offers, &wanted);
            let first_useless = ranked.iter().position(|o| !useful(o)).unwrap_or(ranked.len());
            prop_assert!(ranked[first_useless..].iter().all(|o| !useful(o)));
            prop_assert!(offers.iter().all(|o| ranked.contains(o)));
        }
    }
}
