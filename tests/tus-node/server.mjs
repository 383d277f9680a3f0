// A real tus server to test against: `node server.mjs FOLDER` prints its port as one line of JSON and
// serves until its input ends.
import { Server } from "@tus/server";
import { FileStore } from "@tus/file-store";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node server.mjs FOLDER");
  process.exit(2);
}

const tus = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
const server = tus.listen({ host: "127.0.0.1", port: 0 }, () => {
  console.log(JSON.stringify({ port: server.address().port }));
});

// The test holds the other end of the input: when it ends, however it ends, so does this.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
