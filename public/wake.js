// Wakes the islands of a page that is already complete. It waits until the browser has nothing
// better to do; where WebAssembly cannot be had, the page stays as it is and every form still works.
const idle = self.requestIdleCallback ?? ((wake) => setTimeout(wake, 200));

// Leptos's own order: an island first, then what stands inside it. Where the server's children of
// an island begin, the island's part of the wakening runs before any island among them wakes.
async function walk(node, half, outer) {
  if (node.localName === "leptos-island") {
    outer?.();
    await half[node.dataset.component]?.(node);
  }
  const inner = node.localName === "leptos-children" ? node.$$on_hydrate : outer;
  for (const child of [...node.children]) await walk(child, half, inner);
}

idle(async () => {
  let half;
  try {
    half = await import("/assets/app.js");
    await half.default({ module_or_path: "/assets/app.wasm" });
  } catch {
    return; // silence is right: nothing that a parent needs has failed
  }
  half.hydrate();
  await walk(document.body, half);
  document.documentElement.dataset.awake = "";
}, { timeout: 2000 });
