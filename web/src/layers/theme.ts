/** The colours of the page, one table a theme. The same tokens as `contested.render.theme`, which
 * a test holds against this file: there they are checked for every kind of sight. */

export interface Palette {
  readonly paper: string;
  readonly neighbour: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly border: string;
  readonly rule: string;
  readonly occupied: string;
  readonly gained: string;
  readonly regained: string;
  readonly held: string;
  readonly heldDot: string;
  readonly hatch: string;
  readonly front: string;
  readonly water: string;
  readonly shore: string;
  readonly waterInk: string;
  readonly liberated: string;
  readonly uaInRussia: string;
  readonly halo: string;
}

export const LIGHT: Palette = {
  paper: "#f6f3ec",
  neighbour: "#e9e5db",
  card: "#fffdf8",
  ink: "#26231f",
  soft: "#6b655c",
  border: "#8f887c",
  rule: "#e2dccf",
  occupied: "#e3a594",
  gained: "#c8553d",
  regained: "#2b7bba",
  held: "#c98f80",
  heldDot: "#7d3323",
  hatch: "#8a8378",
  front: "#8c2f1d",
  water: "#dce8ee",
  shore: "#b7cddb",
  waterInk: "#4f7184",
  liberated: "#8fbad8",
  uaInRussia: "#c9dcea",
  halo: "rgba(255,253,248,0.8)",
};

export const DARK: Palette = {
  paper: "#1b1a18",
  neighbour: "#24221f",
  card: "#262421",
  ink: "#efeae0",
  soft: "#a8a196",
  border: "#7a746a",
  rule: "#3b3833",
  occupied: "#7d4436",
  gained: "#d8674e",
  regained: "#4a97d2",
  held: "#663a30",
  heldDot: "#d08a76",
  hatch: "rgba(239,234,224,0.45)",
  front: "#e08a72",
  water: "#2c3a44",
  shore: "#3c4f5c",
  waterInk: "#8fb0c2",
  liberated: "#3f6f97",
  uaInRussia: "#233e55",
  halo: "rgba(27,26,24,0.8)",
};
