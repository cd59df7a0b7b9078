// Joins the viewer and the site's style sheets into small files named by their content, and lists them in manifest.json.
//
//   node build.mjs [--out FOLDER]        FOLDER defaults to var/assets of the project
//
// Every file is written aside and renamed, the manifest last, so that a server that reads meanwhile sees the old
// files or the new ones. Old files stay: pages that are still open may ask for them.
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { leaflet } from "./leaflet.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const STATIC = path.join(HERE, "..", "static");
// Phones whose browser is some six years behind.
const TARGET = ["es2019", "chrome69", "firefox68", "safari14.1"];

/** The folder asked for on the command line. @param {string[]} words */
const asked = (words) => {
  const at = words.indexOf("--out");
  return path.resolve(at >= 0 ? words[at + 1] : path.join(HERE, "..", "..", "..", "var", "assets"));
};

/** What is built: public name → source. Every style sheet of web/static joins by being there, parts through others. */
const sources = async () => {
  const sheets = await readdir(STATIC).catch(() => /** @type {string[]} */ ([]));
  return {
    "site.js": path.join(HERE, "src", "site.js"),
    "map.js": path.join(HERE, "src", "main.js"),
    "pair.js": path.join(HERE, "src", "pair.js"),
    "map.css": path.join(HERE, "src", "map.css"),
    "viewer.js": path.join(HERE, "src", "map", "index.js"),
    "viewer.css": path.join(HERE, "src", "map", "viewer.css"),
    "embed.js": path.join(HERE, "src", "embed.js"),
    "peta-desa.js": path.join(HERE, "src", "element.js"),
    ...Object.fromEntries(sheets.filter((name) => /^[^.]+\.css$/.test(name)).map((name) => [name, path.join(STATIC, name)])),
  };
};

/** Files that other sites name in a plain script element; a module cannot know where it came from. */
const PLAIN = ["peta-desa.js"];

/** The minified bytes of one source. @param {string} source @param {string} name */
const joined = async (source, name) => {
  const result = await build({
    entryPoints: [source],
    bundle: true,
    plugins: [leaflet],
    minify: true,
    write: false,
    format: PLAIN.includes(name) ? "iife" : "esm",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    logLimit: 10,
    loader: { ".png": "dataurl", ".svg": "dataurl" },
  });
  return Buffer.from(result.outputFiles[0].contents);
};

/** Write whole or not at all. @param {string} file @param {string | Buffer} body */
const put = async (file, body) => {
  const aside = `${file}.${process.pid}.aside`;
  await writeFile(aside, body);
  await rename(aside, file);
};

const out = asked(process.argv.slice(2));
await mkdir(out, { recursive: true });
/** @type {Record<string, string>} */
const manifest = {};
for (const [name, source] of Object.entries(await sources())) {
  const body = await joined(source, name);
  const { name: stem, ext } = path.parse(name);
  const hashed = `${stem}-${createHash("sha256").update(body).digest("hex").slice(0, 12)}${ext}`;
  const zipped = gzipSync(body, { level: 9 });
  await put(path.join(out, `${hashed}.gz`), zipped);
  await put(path.join(out, `${hashed}.br`), brotliCompressSync(body));
  await put(path.join(out, hashed), body);
  manifest[name] = hashed;
  console.log(`${hashed}  ${body.length} bytes, ${zipped.length} gzip`);
}
await put(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
