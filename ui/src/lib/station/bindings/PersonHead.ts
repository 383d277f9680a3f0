export type PersonHead = { name: string, masked_name: string, class_name: string, student_number: string, ticket: string, retake: boolean, };
