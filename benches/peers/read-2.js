import { reading } from "./reading.js";

export const { prepare, run } = reading(2);
