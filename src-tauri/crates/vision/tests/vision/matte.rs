//! Alpha of a person in a crop of the photo's shape.

use crate::bench::{cut, models, sitter};
use domain::port::Matting;
use vision::ModnetMatting;

#[test]
fn the_face_is_kept_and_the_wall_is_not() {
    let mut matting = ModnetMatting::new(models()).unwrap();
    // Shoulders and head of the portrait at the photo's own size.
    let crop = cut(&sitter("biden.jpg"), [134, 46, 816, 1088], (480, 640));
    let alpha = matting.matte(&crop).unwrap();
    assert_eq!((alpha.width(), alpha.height()), (480, 640));
    let at = |x: usize, y: usize| alpha.values()[y * 480 + x];
    assert!(at(262, 215) > 0.9, "between eyes and mouth: {}", at(262, 215));
    for x in [4, 475] {
        assert!(at(x, 4) < 0.1, "upper corner at {x}: {}", at(x, 4));
    }
    assert!(alpha.values().iter().all(|value| (0.0..=1.0).contains(value)));
}

#[test]
fn any_shape_comes_back_at_its_own_size() {
    let mut matting = ModnetMatting::new(models()).unwrap();
    let crop = cut(&sitter("obama.jpg"), [200, 20, 590, 700], (118, 140));
    let alpha = matting.matte(&crop).unwrap();
    assert_eq!((alpha.width(), alpha.height()), (118, 140));
    assert!(alpha.sample(59.0, 50.0) > 0.9);
}
