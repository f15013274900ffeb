// Which addresses a process and its children talk to, read from the kernel's own tables.
import { readFileSync, readdirSync, readlinkSync } from "node:fs";

function processes() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parentOf(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
  } catch {
    return 0; // The process has ended meanwhile.
  }
}

/** `pid` and all that it started. */
function family(pid) {
  const parents = new Map(processes().map((p) => [p, parentOf(p)]));
  const members = new Set([pid]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [child, parent] of parents) {
      if (members.has(parent) && !members.has(child)) {
        members.add(child);
        grown = true;
      }
    }
  }
  return members;
}

function socketsOf(pid) {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return "";
      }
    });
    return links.flatMap((link) => link.match(/^socket:\[(\d+)\]$/)?.[1] ?? []);
  } catch {
    return [];
  }
}

const LOOPBACK_4 = /^0100007F$|^00000000$/;
const LOOPBACK_6 = /^0{24}01000000$|^0{32}$|^0{16}FFFF00000100007F$/i;

/** Internet sockets of `pid` and its children whose other end, or whose listening end, is not this machine. */
export function foreignSockets(pid) {
  const owned = new Set([...family(pid)].flatMap(socketsOf));
  const foreign = [];
  for (const [table, loopback] of [
    ["tcp", LOOPBACK_4],
    ["tcp6", LOOPBACK_6],
    ["udp", LOOPBACK_4],
    ["udp6", LOOPBACK_6],
  ]) {
    let lines = [];
    try {
      lines = readFileSync(`/proc/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1);
    } catch {
      continue; // No such protocol on this kernel.
    }
    for (const line of lines) {
      const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
      if (!owned.has(inode)) continue;
      const [localAddress] = local.split(":");
      const [remoteAddress] = remote.split(":");
      const listensToAll = state === "0A" && /^0+$/.test(localAddress);
      if (!loopback.test(remoteAddress) || listensToAll) foreign.push(`${table} ${local} -> ${remote}`);
    }
  }
  return foreign;
}
