//! Every instruction a sitter or operator can get, and every reason why a check was not assessed.

/// One instruction. The order is the order of help: the first that applies is the one to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Instruction {
    /// Sit facing the camera.
    NoFace,
    /// Others, step aside.
    TwoFaces,
    /// Step closer.
    TooSmall,
    /// Move back.
    TooLarge,
    /// Move to your left (the sitter's own left).
    MoveLeft,
    /// Move to your right (the sitter's own right).
    MoveRight,
    /// Sit lower.
    CrownHigh,
    /// Sit up.
    CrownLow,
    /// Show shoulders and chest.
    ChestCut,
    /// Turn to face the lens.
    Yaw,
    /// The nose points up: lower your chin.
    PitchUp,
    /// The nose points down: raise your chin.
    PitchDown,
    /// Hold your head straight.
    Roll,
    /// Level your shoulders.
    Shoulders,
    /// Open your eyes.
    EyesClosed,
    /// Look at the lens.
    Gaze,
    /// Close your lips.
    Teeth,
    /// Borrow the dark jacket: the clothes have the backdrop's colour.
    BlueClothes,
    /// To the operator: switch the lamps on.
    TooDark,
    /// To the operator: the face is over-exposed.
    TooBright,
    /// To the operator: the colours are not to be trusted, measure white.
    WhiteBalance,
    /// Sit midway between the lamps.
    HalfLit,
    /// Move away from the wall: a shadow falls on it.
    WallShadow,
    /// To the operator: the backdrop is not plain or not even.
    BackdropUneven,
    /// Hold still: the face is not sharp.
    Blur,
    /// All is well: hold still.
    Good,
}

impl Instruction {
    /// All instructions, in the order of help.
    pub const ALL: [Self; 26] = [
        Self::NoFace,
        Self::TwoFaces,
        Self::TooSmall,
        Self::TooLarge,
        Self::MoveLeft,
        Self::MoveRight,
        Self::CrownHigh,
        Self::CrownLow,
        Self::ChestCut,
        Self::Yaw,
        Self::PitchUp,
        Self::PitchDown,
        Self::Roll,
        Self::Shoulders,
        Self::EyesClosed,
        Self::Gaze,
        Self::Teeth,
        Self::BlueClothes,
        Self::TooDark,
        Self::TooBright,
        Self::WhiteBalance,
        Self::HalfLit,
        Self::WallShadow,
        Self::BackdropUneven,
        Self::Blur,
        Self::Good,
    ];

    /// The code under which the UI has the words (`instruction.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoFace => "no_face",
            Self::TwoFaces => "two_faces",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::MoveLeft => "move_left",
            Self::MoveRight => "move_right",
            Self::CrownHigh => "crown_high",
            Self::CrownLow => "crown_low",
            Self::ChestCut => "chest_cut",
            Self::Yaw => "yaw",
            Self::PitchUp => "pitch_up",
            Self::PitchDown => "pitch_down",
            Self::Roll => "roll",
            Self::Shoulders => "shoulders",
            Self::EyesClosed => "eyes_closed",
            Self::Gaze => "gaze",
            Self::Teeth => "teeth",
            Self::BlueClothes => "blue_clothes",
            Self::TooDark => "too_dark",
            Self::TooBright => "too_bright",
            Self::WhiteBalance => "white_balance",
            Self::HalfLit => "half_lit",
            Self::WallShadow => "wall_shadow",
            Self::BackdropUneven => "backdrop_uneven",
            Self::Blur => "blur",
            Self::Good => "good",
        }
    }

    /// The instruction with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|instruction| instruction.code() == code)
    }

    /// True when only the operator can act on it; it is not shown to the sitter.
    pub const fn for_operator(self) -> bool {
        matches!(
            self,
            Self::TooDark | Self::TooBright | Self::WhiteBalance | Self::BackdropUneven
        )
    }
}

/// Why a check was not assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// There is no face.
    NoFace,
    /// A face was found, its landmarks did not hold.
    NoMesh,
    /// There is no person mask.
    NoMask,
    /// The head is turned too far for this measure.
    HeadTurned,
    /// The eyes are shut.
    EyesShut,
    /// The face is not sharp.
    NotSharp,
    /// The face has too few pixels.
    FewPixels,
    /// The cheeks are not in the picture.
    FaceCut,
    /// The shoulders are not in the picture or are hidden.
    ShouldersHidden,
    /// Too little of the clothes is in the picture.
    LittleCloth,
    /// The picture has no colour, or a cast that makes colours unreliable.
    ColourUnreliable,
    /// Too little of the wall is in the picture.
    NoWall,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 12] = [
        Self::NoFace,
        Self::NoMesh,
        Self::NoMask,
        Self::HeadTurned,
        Self::EyesShut,
        Self::NotSharp,
        Self::FewPixels,
        Self::FaceCut,
        Self::ShouldersHidden,
        Self::LittleCloth,
        Self::ColourUnreliable,
        Self::NoWall,
    ];

    /// The code under which the UI has the words (`reason.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoFace => "no_face",
            Self::NoMesh => "no_mesh",
            Self::NoMask => "no_mask",
            Self::HeadTurned => "head_turned",
            Self::EyesShut => "eyes_shut",
            Self::NotSharp => "not_sharp",
            Self::FewPixels => "few_pixels",
            Self::FaceCut => "face_cut",
            Self::ShouldersHidden => "shoulders_hidden",
            Self::LittleCloth => "little_cloth",
            Self::ColourUnreliable => "colour_unreliable",
            Self::NoWall => "no_wall",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// What helps when a gating check could not be assessed for this reason.
    pub const fn remedy(self) -> Instruction {
        match self {
            Self::NoFace | Self::NoMesh | Self::NoMask => Instruction::NoFace,
            Self::HeadTurned => Instruction::Yaw,
            Self::EyesShut => Instruction::EyesClosed,
            Self::NotSharp => Instruction::Blur,
            Self::FewPixels => Instruction::TooSmall,
            Self::FaceCut | Self::NoWall => Instruction::TooLarge,
            Self::ShouldersHidden | Self::LittleCloth => Instruction::ChestCut,
            Self::ColourUnreliable => Instruction::WhiteBalance,
        }
    }
}
