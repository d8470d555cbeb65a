// Owns the programs that painter-gl.js runs on a GPU. Rows go downwards, as in ImageData: y is turned on the way out.

const HEAD = `#version 300 es
precision highp float; precision highp int;
precision highp sampler2D; precision highp isampler2D; precision highp usampler2D;
`;

/** One triangle over everything. */
const EVERYWHERE = `${HEAD}
void main() { gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0, 1); }`;

const PIXEL = "ivec2(gl_FragCoord.x, float(whole.y) - gl_FragCoord.y)";

/** Ground and fill; with `edges` 2, the edges between pixels of different holders alone. */
export const BASE = [
  EVERYWHERE,
  `${HEAD}
uniform usampler2D ids; uniform sampler2D ground; uniform isampler2D tile;
uniform usampler2D holder; uniform sampler2D atlas;
uniform ivec2 origin; uniform ivec2 whole; uniform int size; uniform int edges;
uniform vec4 edgeHard; uniform vec4 edgeSoft;
out vec4 colour;
ivec2 at(uint id) { return ivec2(int(id) & 2047, int(id) >> 11); }
uint idAt(ivec2 p) { return p.x < whole.x && p.y < whole.y ? texelFetch(ids, p, 0).r : 0u; }
uint holderOf(uint id) { return texelFetch(holder, at(id), 0).r; }
int tileOf(uint id) { return texelFetch(tile, at(id), 0).r; }
bool isEvidence(uint id) { return (id & 1u) == 1u && tileOf(id) != tileOf(id + 1u); }
void main() {
  ivec2 p = ${PIXEL};
  uint id = idAt(p);
  if (edges == 2) {
    uint own = holderOf(id);
    uint beside = idAt(p + ivec2(1, 0)), below = idAt(p + ivec2(0, 1));
    uint h = holderOf(beside), k = holderOf(below);
    uint aside = h != 0u && h != own ? beside : 0u, under = k != 0u && k != own ? below : 0u;
    if (own == 0u || (aside == 0u && under == 0u)) discard;
    bool hard = isEvidence(id) && (isEvidence(aside) || isEvidence(under));
    vec4 edge = hard ? edgeHard : edgeSoft;
    colour = vec4(edge.rgb * edge.a, edge.a);
    return;
  }
  int number = tileOf(id);
  if (number == 0) {
    colour = texelFetch(ground, p, 0);
    colour.rgb *= colour.a;
    return;
  }
  int across = 2048 / size;
  ivec2 corner = ivec2((number - 1) % across, (number - 1) / across) * size;
  ivec2 within = (((p + origin) % size) + size) % size;
  colour = texelFetch(atlas, corner + within, 0);
}`,
];

/** A layer as large as the view. */
export const SHEET = [
  EVERYWHERE,
  `${HEAD}
uniform sampler2D layer; out vec4 colour;
void main() {
  ivec2 whole = textureSize(layer, 0);
  colour = texelFetch(layer, ${PIXEL}, 0);
  colour.rgb *= colour.a;
}`,
];

/** Pixels of borders: those whose pair parts different holders. */
export const LINES = [
  `${HEAD}
layout(location = 0) in uvec3 given; // offset, colour, pair
uniform usampler2D shown; uniform ivec2 whole;
flat out vec4 ink;
void main() {
  int pair = int(given.z);
  bool shows = texelFetch(shown, ivec2(pair & 2047, pair >> 11), 0).r == 1u;
  vec2 p = vec2(int(given.x) % whole.x, int(given.x) / whole.x) + 0.5;
  vec2 place = p / vec2(whole) * 2.0 - 1.0;
  gl_Position = shows ? vec4(place.x, -place.y, 0, 1) : vec4(2, 2, 2, 1);
  gl_PointSize = 1.0;
  uvec4 parts = uvec4(given.y, given.y >> 8u, given.y >> 16u, given.y >> 24u) & 255u;
  ink = vec4(parts) / 255.0;
}`,
  `${HEAD}
flat in vec4 ink; out vec4 colour;
void main() { colour = vec4(ink.rgb * ink.a, ink.a); }`,
];

/** Dots: a quad each, its pixels from the sheet of sprites. */
export const DOTS = [
  `${HEAD}
layout(location = 0) in vec3 box; layout(location = 1) in vec2 from; // left, top, size; corner in the sheet
uniform vec2 whole; out vec2 texel;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * box.z;
  texel = from + corner;
  vec2 place = (box.xy + corner) / whole * 2.0 - 1.0;
  gl_Position = vec4(place.x, -place.y, 0, 1);
}`,
  `${HEAD}
in vec2 texel; uniform sampler2D sprites; out vec4 colour;
void main() {
  colour = texelFetch(sprites, ivec2(texel), 0);
  colour.rgb *= colour.a;
}`,
];

/** @param {WebGL2RenderingContext} gl @param {string[]} source of the vertex and the fragment shader */
export function program(gl, [vertex, fragment]) {
  const made = gl.createProgram();
  for (const [kind, source] of /** @type {[number, string][]} */ ([
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ])) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("WebGL: no shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) {
    throw new Error(`WebGL: ${gl.getProgramInfoLog(made)}`);
  }
  return made;
}
