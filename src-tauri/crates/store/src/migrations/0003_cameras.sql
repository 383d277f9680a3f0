-- What operators chose for each camera, by the camera's own id: a record of domain::camera::CameraSetting.
CREATE TABLE camera_setting (
    camera TEXT PRIMARY KEY,
    record TEXT NOT NULL
) STRICT;

-- Which camera this desk uses: a record of domain::camera::CameraChoice. One row at most.
CREATE TABLE camera_choice (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    record TEXT NOT NULL
) STRICT;
