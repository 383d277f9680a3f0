//! The specifications that come with the program: one file and one line each. The first is used where nobody
//! chooses.

macro_rules! shipped {
    ($($id:literal),+ $(,)?) => {
        /// Id and text of each file.
        pub(super) const SHIPPED: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../../../../assets/specifications/", $id, ".toml")))),+
        ];
    };
}

shipped![
    "graduation-480x640",
    "graduation-480x640-light-blue",
    "graduation-480x640-white",
    "resident-id-358x441",
    "social-security-358x441",
    "driving-licence-260x378",
    "exit-entry-354x472",
    "china-visa-354x472",
    "postgraduate-480x640",
    "teacher-150x200",
    "us-visa-600x600",
    "uk-600x750",
    "schengen-413x531",
];
