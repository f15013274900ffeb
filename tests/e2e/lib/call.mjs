// The server's commands, called from within a page: with its cookie, as the interface does it.

/** Calls a command and gives its answer. */
export function call(page, name, args) {
  return page.evaluate(
    async ([name, args]) => {
      const answer = await fetch(`/api/call/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(args),
      });
      return await answer.json();
    },
    [name, args],
  );
}
