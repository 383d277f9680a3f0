//! Every instruction a sitter or operator can get, and every reason why a check was not assessed.

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$line:meta])* $variant:ident => $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$line])* $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code under which the UI has the words.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
        }
    };
}

codes! {
    /// One instruction (`instruction.<code>`). The order is the order of help: the first that applies is the one
    /// to say.
    Instruction {
        /// Sit facing the camera.
        NoFace => "no_face",
        /// Others, step aside.
        TwoFaces => "two_faces",
        /// Step closer.
        TooSmall => "too_small",
        /// Move back.
        TooLarge => "too_large",
        /// Move to your left (the sitter's own left).
        MoveLeft => "move_left",
        /// Move to your right (the sitter's own right).
        MoveRight => "move_right",
        /// Sit lower.
        CrownHigh => "crown_high",
        /// Sit up.
        CrownLow => "crown_low",
        /// Show shoulders and chest.
        ChestCut => "chest_cut",
        /// Turn to face the lens.
        Yaw => "yaw",
        /// The nose points up: lower your chin.
        PitchUp => "pitch_up",
        /// The nose points down: raise your chin.
        PitchDown => "pitch_down",
        /// Hold your head straight.
        Roll => "roll",
        /// Level your shoulders.
        Shoulders => "shoulders",
        /// Let your whole face show: hand, hair or mask away.
        FaceCovered => "face_covered",
        /// Take tinted glasses off.
        TintedLenses => "tinted_lenses",
        /// Take hat or hair ornament off.
        Headwear => "headwear",
        /// Tuck hair behind your ears.
        Ears => "ears",
        /// Brush hair off your forehead.
        Forehead => "forehead",
        /// Open your eyes.
        EyesClosed => "eyes_closed",
        /// Look at the lens.
        Gaze => "gaze",
        /// Close your lips.
        Teeth => "teeth",
        /// Relax your face.
        Expression => "expression",
        /// Relax your eyebrows.
        BrowsRaised => "brows_raised",
        /// Tip your glasses down, or take them off.
        GlassesGlare => "glasses_glare",
        /// Take the glasses off if you do not always wear them.
        GlassesOff => "glasses_off",
        /// Take earrings and necklace off.
        Jewellery => "jewellery",
        /// Remove the make-up.
        MakeUp => "make_up",
        /// Take coloured contact lenses out.
        Contacts => "contacts",
        /// Straighten the collar, or borrow a shirt with one.
        Collar => "collar",
        /// Borrow a jacket: the shoulders are bare.
        Sleeves => "sleeves",
        /// Borrow the plain jacket: the cloth has a pattern.
        Pattern => "pattern",
        /// Borrow the dark jacket: the clothes have the backdrop's colour.
        BlueClothes => "blue_clothes",
        /// Borrow the dark jacket: the clothes have the wall's colour.
        ClothWall => "cloth_wall",
        /// To the operator: switch the lamps on.
        TooDark => "too_dark",
        /// To the operator: the face is over-exposed.
        TooBright => "too_bright",
        /// To the operator: the colours are not to be trusted, measure white.
        WhiteBalance => "white_balance",
        /// To the operator: the camera sends no colour.
        Monochrome => "monochrome",
        /// Sit midway between the lamps.
        HalfLit => "half_lit",
        /// To the operator: the light comes from above, lower the lamps.
        LightAbove => "light_above",
        /// Move away from the wall: a shadow falls on it.
        WallShadow => "wall_shadow",
        /// To the operator: light the backdrop.
        BackdropDark => "backdrop_dark",
        /// To the operator: the backdrop is not plain or not even.
        BackdropUneven => "backdrop_uneven",
        /// Hold still: the face is not sharp.
        Blur => "blur",
        /// To the operator: the picture is noisy, more light.
        Noise => "noise",
        /// To the operator: the picture is damaged by compression.
        Compression => "compression",
        /// All is well: hold still.
        Good => "good",
    }
}

codes! {
    /// Why a rule was not assessed (`reason.<code>`).
    Reason {
        /// There is no face.
        NoFace => "no_face",
        /// A face was found, its landmarks did not hold.
        NoMesh => "no_mesh",
        /// There is no person mask.
        NoMask => "no_mask",
        /// The body was not found.
        NoBody => "no_body",
        /// The head is turned too far for this measure.
        HeadTurned => "head_turned",
        /// The eyes are shut.
        EyesShut => "eyes_shut",
        /// The face is not sharp.
        NotSharp => "not_sharp",
        /// The face has too few pixels.
        FewPixels => "few_pixels",
        /// The cheeks are not in the picture.
        FaceCut => "face_cut",
        /// The skin is clipped.
        SkinClipped => "skin_clipped",
        /// Hair and skin have too like colours.
        HairLikeSkin => "hair_like_skin",
        /// No hair line was found above the forehead.
        NoHairLine => "no_hair_line",
        /// The shoulders are not in the picture or are hidden.
        ShouldersHidden => "shoulders_hidden",
        /// Too little of the clothes is in the picture.
        LittleCloth => "little_cloth",
        /// The picture has no colour, or a cast that makes colours unreliable.
        ColourUnreliable => "colour_unreliable",
        /// Too little of the wall is in the picture.
        NoWall => "no_wall",
        /// The policy of the session does not look at this rule.
        OffByPolicy => "off_by_policy",
        /// The photo specification says nothing of it.
        NotDemanded => "not_demanded",
        /// The finished file could not be measured for it.
        NotMeasured => "not_measured",
    }
}

impl Instruction {
    /// True when only the operator can act on it; it is not shown to the sitter.
    pub const fn for_operator(self) -> bool {
        matches!(
            self,
            Self::TooDark
                | Self::TooBright
                | Self::WhiteBalance
                | Self::Monochrome
                | Self::LightAbove
                | Self::BackdropDark
                | Self::BackdropUneven
                | Self::Noise
                | Self::Compression
        )
    }
}

impl Reason {
    /// What helps when a gating rule could not be assessed for this reason.
    pub const fn remedy(self) -> Instruction {
        match self {
            Self::NoFace | Self::NoMesh | Self::NoMask => Instruction::NoFace,
            Self::NoBody | Self::ShouldersHidden | Self::LittleCloth => Instruction::ChestCut,
            Self::HeadTurned => Instruction::Yaw,
            Self::EyesShut => Instruction::EyesClosed,
            Self::NotSharp => Instruction::Blur,
            Self::FewPixels => Instruction::TooSmall,
            Self::FaceCut | Self::NoWall => Instruction::TooLarge,
            Self::SkinClipped => Instruction::TooBright,
            Self::HairLikeSkin => Instruction::Ears,
            Self::NoHairLine => Instruction::Forehead,
            Self::ColourUnreliable => Instruction::WhiteBalance,
            Self::OffByPolicy | Self::NotDemanded | Self::NotMeasured => Instruction::Good,
        }
    }
}
