//! Points, lines and quadrilaterals. A picture spans 0..width and 0..height; the centre of its first element
//! lies at (0.5, 0.5).

/// A place in a picture (elements) or on the card (millimetres).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// A place.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(crate) fn plus(self, step: f64, direction: Self) -> Self {
        Self::new(self.x + step * direction.x, self.y + step * direction.y)
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    pub(crate) fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    /// Distance to another place.
    pub fn distance(self, other: Self) -> f64 {
        let d = self.minus(other);
        d.x.hypot(d.y)
    }

    pub(crate) fn unit(self) -> Self {
        let length = self.x.hypot(self.y).max(f64::MIN_POSITIVE);
        Self::new(self.x / length, self.y / length)
    }
}

/// All places with `normal · p = offset`; the normal has length 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub(crate) normal: Point,
    pub(crate) offset: f64,
}

impl Line {
    pub(crate) fn through(a: Point, b: Point) -> Self {
        let along = b.minus(a).unit();
        let normal = Point::new(-along.y, along.x);
        Self {
            normal,
            offset: normal.dot(a),
        }
    }

    /// Least squares through weighted places; `None` when they are all one.
    pub(crate) fn fit(places: impl Iterator<Item = (Point, f64)> + Clone) -> Option<Self> {
        let (mut weight, mut x, mut y) = (0.0, 0.0, 0.0);
        for (p, w) in places.clone() {
            weight += w;
            x += w * p.x;
            y += w * p.y;
        }
        if weight <= 0.0 {
            return None;
        }
        let mean = Point::new(x / weight, y / weight);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (p, w) in places {
            let d = p.minus(mean);
            xx += w * d.x * d.x;
            xy += w * d.x * d.y;
            yy += w * d.y * d.y;
        }
        if xx + yy <= f64::EPSILON {
            return None;
        }
        let along = 0.5 * (2.0 * xy).atan2(xx - yy);
        let normal = Point::new(-along.sin(), along.cos());
        Some(Self {
            normal,
            offset: normal.dot(mean),
        })
    }

    pub(crate) fn distance(&self, p: Point) -> f64 {
        self.normal.dot(p) - self.offset
    }

    pub(crate) const fn along(&self) -> Point {
        Point {
            x: self.normal.y,
            y: -self.normal.x,
        }
    }

    /// Place `t` along the line, from the foot of the origin.
    pub(crate) fn at(&self, t: f64) -> Point {
        Point::new(0.0, 0.0)
            .plus(self.offset, self.normal)
            .plus(t, self.along())
    }

    pub(crate) fn position(&self, p: Point) -> f64 {
        self.along().dot(p)
    }

    /// `None` for lines that are parallel, or nearly.
    pub(crate) fn crossing(&self, other: &Self) -> Option<Point> {
        let det = self.normal.cross(other.normal);
        (det.abs() > 1e-6).then(|| {
            Point::new(
                (self.offset * other.normal.y - other.offset * self.normal.y) / det,
                (self.normal.x * other.offset - other.normal.x * self.offset) / det,
            )
        })
    }
}

/// Four corners of a card in a picture: upper left, upper right, lower right, lower left of the card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// Ends of the side that begins at corner `i`.
    pub(crate) const fn side(&self, i: usize) -> (Point, Point) {
        (self.0[i % 4], self.0[(i + 1) % 4])
    }

    pub(crate) fn side_length(&self, i: usize) -> f64 {
        let (a, b) = self.side(i);
        a.distance(b)
    }

    /// Every corner turns the same way round, clockwise on screen.
    pub fn convex(&self) -> bool {
        (0..4).all(|i| {
            let (a, b) = self.side(i);
            let (_, c) = self.side(i + 1);
            b.minus(a).cross(c.minus(b)) > 0.0
        })
    }

    pub(crate) fn centre(&self) -> Point {
        let sum = self.0.iter().fold(Point::new(0.0, 0.0), |s, p| s.plus(1.0, *p));
        Point::new(sum.x / 4.0, sum.y / 4.0)
    }

    /// The same corners, beginning `by` further.
    pub(crate) fn rolled(&self, by: usize) -> Self {
        let mut corners = self.0;
        corners.rotate_left(by % 4);
        Self(corners)
    }
}
