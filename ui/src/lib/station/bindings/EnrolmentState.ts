export type EnrolmentState = "to_capture" | "captured" | "retake" | "approved";
