export type CameraState = "searching" | "opening" | "live" | "lost";
