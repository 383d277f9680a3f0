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

shipped!["graduation-480x640",];
