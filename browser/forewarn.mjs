// Forewarn for JavaScript: `const forewarn = await load(bytesOrResponse)`, then
// `forewarn.ask({ files, data, explain })`. What a request and an answer are is said in `src/lib.rs`.

/** @param {BufferSource | Response | Promise<Response>} source the module `forewarn_browser.wasm` */
export async function load(source) {
  const given = await source;
  const streamed = typeof Response !== "undefined" && given instanceof Response;
  const { instance } = streamed
    ? await WebAssembly.instantiateStreaming(given, {})
    : await WebAssembly.instantiate(given, {});
  const { memory, forewarn_room, forewarn_answer, forewarn_done } = instance.exports;
  return {
    ask(request) {
      const bytes = new TextEncoder().encode(JSON.stringify(request));
      const room = forewarn_room(bytes.length);
      new Uint8Array(memory.buffer, room, bytes.length).set(bytes);
      const place = forewarn_answer(room, bytes.length);
      forewarn_done(room, bytes.length);
      // The memory may have grown meanwhile: it is looked at anew.
      const length = new DataView(memory.buffer).getUint32(place, true);
      const text = new TextDecoder().decode(new Uint8Array(memory.buffer, place + 4, length));
      forewarn_done(place, length + 4);
      return JSON.parse(text);
    },
  };
}
