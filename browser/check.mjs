// Asks the module what the example framework says of its data, holds it against what the command line says,
// and prints how long it took. `node check.mjs MODULE RULES DATA EXPECTED`
import { readFileSync, readdirSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { load } from "./forewarn.mjs";

const [module, rules, data, expected] = process.argv.slice(2);
const bytes = readFileSync(module);
const files = {};
if (statSync(rules).isDirectory()) {
  for (const name of readdirSync(rules)) {
    if (name.endsWith(".risk") || name === "forewarn.toml") {
      files[`rules/${name}`] = readFileSync(join(rules, name), "utf8");
    }
  }
} else {
  files["rules/rules.risk"] = readFileSync(rules, "utf8");
}

const time = async (what, work) => {
  const start = performance.now();
  const result = await work();
  console.log(`${what}: ${(performance.now() - start).toFixed(1)} ms`);
  return result;
};
const fail = (why) => {
  console.error(why);
  process.exit(1);
};

console.log(`size: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} packed`);
const forewarn = await time("load", () => load(bytes));
const request = { files, entry: "rules", data: readFileSync(data, "utf8") };
await time("check, the first time", () => forewarn.ask({ files, entry: "rules" }));
const answer = await time("check and run", () => forewarn.ask(request));
let least = Infinity;
for (let turn = 0; turn < 7; turn += 1) {
  const start = performance.now();
  forewarn.ask(request);
  least = Math.min(least, performance.now() - start);
}
console.log(`check and run again, the least of 7: ${least.toFixed(1)} ms`);
if (!answer.ok) fail(answer.messages);
if (expected && answer.results !== readFileSync(expected, "utf8")) {
  fail(`the module says\n${answer.results}`);
}
const wrong = forewarn.ask({ files: { "a.risk": "signal s = nothing > 1\n" } });
if (wrong.ok || !wrong.messages.includes("nothing")) fail("a slip is not told");
console.log(`${answer.results.trimEnd().split("\n").length - 1} rows, as the command line writes them`);
