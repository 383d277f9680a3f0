//! What a camera offers, in this station's words.

use crate::Wanted;
use domain::camera::{Mode, Rate};
use domain::frame::FrameFormat;
use v4l::frameinterval::{FrameIntervalEnum, Stepwise as Intervals};
use v4l::framesize::{FrameSizeEnum, Stepwise as Sizes};
use v4l::video::Capture;
use v4l::{Device, FourCC, Fraction};

/// Everything this station can read.
const READABLE: [FrameFormat; 4] = [
    FrameFormat::Mjpeg,
    FrameFormat::Yuyv,
    FrameFormat::Nv12,
    FrameFormat::Rgb,
];

/// What is asked of a camera that takes any size: the sizes usual for cameras.
const USUAL_SIZES: [(u32, u32); 6] = [
    (640, 480),
    (1280, 720),
    (1280, 960),
    (1920, 1080),
    (2560, 1440),
    (3840, 2160),
];

/// What is asked of a camera that takes any rate, in frames a second.
const USUAL_RATES: [u32; 7] = [5, 10, 15, 24, 25, 30, 60];

/// The kernel's name for a layout.
pub(super) fn fourcc(format: FrameFormat) -> FourCC {
    FourCC::new(match format {
        FrameFormat::Mjpeg => b"MJPG",
        FrameFormat::Yuyv => b"YUYV",
        FrameFormat::Nv12 => b"NV12",
        FrameFormat::Rgb => b"RGB3",
    })
}

/// A rate from the time a frame takes; none when there is no such time.
pub(super) fn rate(interval: Fraction) -> Option<Rate> {
    (interval.numerator > 0 && interval.denominator > 0).then_some(Rate {
        frames: interval.denominator,
        seconds: interval.numerator,
    })
}

/// The modes this station can read, as the driver lists them. A driver that does not list one of these
/// things has none of them as far as can be told.
pub(super) fn offered(device: &Device, wanted: &Wanted) -> Vec<Mode> {
    let mut modes = Vec::new();
    for format in READABLE {
        // A format the camera lacks has no sizes.
        let listed = device.enum_framesizes(fourcc(format)).unwrap_or_default();
        let sizes = listed.iter().flat_map(|listed| match &listed.size {
            FrameSizeEnum::Discrete(size) => vec![(size.width, size.height)],
            FrameSizeEnum::Stepwise(range) => sizes_within(range, wanted),
        });
        for (width, height) in sizes {
            for rate in rates(device, format, width, height) {
                let mode = Mode {
                    format,
                    width,
                    height,
                    rate,
                };
                // uvcvideo lists what a careless camera states twice.
                if !modes.contains(&mode) {
                    modes.push(mode);
                }
            }
        }
    }
    modes
}

fn rates(device: &Device, format: FrameFormat, width: u32, height: u32) -> Vec<Rate> {
    let listed = device.enum_frameintervals(fourcc(format), width, height);
    let rates: Vec<Rate> = listed
        .unwrap_or_default()
        .iter()
        .flat_map(|listed| match &listed.interval {
            FrameIntervalEnum::Discrete(interval) => rate(*interval).into_iter().collect(),
            FrameIntervalEnum::Stepwise(range) => rates_within(range),
        })
        .collect();
    if rates.is_empty() {
        // A driver without rates sends at the one it has.
        let present = device.params().ok().and_then(|params| rate(params.interval));
        return vec![present.unwrap_or(Rate::whole(30))];
    }
    rates
}

/// The usual sizes, those that are wanted and the largest, as far as they lie on the range's steps.
fn sizes_within(range: &Sizes, wanted: &Wanted) -> Vec<(u32, u32)> {
    let on = |value: u32, min: u32, max: u32, step: u32| {
        (min..=max).contains(&value) && (value - min).is_multiple_of(step.max(1))
    };
    let mut sizes: Vec<(u32, u32)> = USUAL_SIZES
        .into_iter()
        .chain([wanted.least, wanted.best, (range.max_width, range.max_height)])
        .chain(wanted.mode.map(|mode| (mode.width, mode.height)))
        .filter(|(width, height)| {
            on(*width, range.min_width, range.max_width, range.step_width)
                && on(*height, range.min_height, range.max_height, range.step_height)
        })
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// The usual rates within a range of intervals, and the fastest.
fn rates_within(range: &Intervals) -> Vec<Rate> {
    let (Some(fastest), Some(slowest)) = (rate(range.min), rate(range.max)) else {
        return Vec::new();
    };
    let mut rates: Vec<Rate> = USUAL_RATES
        .into_iter()
        .map(Rate::whole)
        .filter(|usual| {
            usual.per_second() >= slowest.per_second() && usual.per_second() <= fastest.per_second()
        })
        .collect();
    if rates
        .last()
        .is_none_or(|last| last.per_second() < fastest.per_second())
    {
        rates.push(fastest);
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_sizes_gives_those_on_its_steps() {
        let range = |step| Sizes {
            min_width: 16,
            max_width: 2000,
            step_width: step,
            min_height: 16,
            max_height: 1100,
            step_height: step,
        };
        let usual = [(640, 480), (1280, 720), (1280, 960), (1920, 1080), (2000, 1100)];
        assert_eq!(sizes_within(&range(1), &Wanted::default()), usual);
        assert_eq!(
            sizes_within(&range(0), &Wanted::default()),
            usual,
            "a continuous range"
        );
        // 1080 - 16 is no multiple of 16, and 1100 - 16 is none either.
        assert_eq!(
            sizes_within(&range(16), &Wanted::default()),
            [(640, 480), (1280, 720), (1280, 960)]
        );
    }

    #[test]
    fn a_range_of_intervals_gives_the_usual_rates_and_the_fastest() {
        let range = |min, max| Intervals {
            min,
            max,
            step: Fraction::new(1, 1),
        };
        let ntsc = Fraction::new(1001, 30_000);
        assert_eq!(
            rates_within(&range(ntsc, Fraction::new(1, 15))),
            [
                Rate::whole(15),
                Rate::whole(24),
                Rate::whole(25),
                Rate {
                    frames: 30_000,
                    seconds: 1001
                }
            ]
        );
        let slow = Fraction::new(10, 1);
        assert_eq!(
            rates_within(&range(Fraction::new(1, 10), slow)),
            [Rate::whole(5), Rate::whole(10)]
        );
        assert_eq!(rates_within(&range(Fraction::new(0, 0), slow)), []);
    }
}
