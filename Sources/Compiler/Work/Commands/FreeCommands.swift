/// Commands that cost nothing worth counting.
struct FreeCommands: CommandModel {
  let names = [
    "awk", "basename", "cat", "chgrp", "chmod", "chown", "cut", "date", "df", "diff", "dirname",
    "egrep", "expr", "fgrep", "file", "getopts", "grep", "groupadd", "groups", "head",
    "hostname", "id", "install", "jq", "ldconfig", "ln", "ls", "md5sum", "mkdir", "mktemp", "nproc",
    "oc", "kubectl", "printenv", "readlink", "realpath", "sed", "seq", "sort", "stat", "tail",
    "tee", "touch", "tr", "trap", "type", "ulimit", "umask", "uniq", "useradd", "usermod",
    "adduser",
    "addgroup", "wait", "wc", "which", "whoami", "yq", "getconf", "kill", "let", "((", "popd",
    "mapfile", "readarray", "shopt", "alias", "hash", "sync", "setcap", "passwd", "chpasswd",
    "update-alternatives", "alternatives", "locale-gen", "gpg", "rpm", "dpkg", "systemctl",
    "update-ca-trust", "update-ca-certificates", "comm", "paste", "rev", "tput", "test-ready",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    switch call.name {
    case "cat": return CommandResult(succeeded: nil, output: text(call, scene))
    case "mkdir", "touch":
      for path in call.texts where !path.hasPrefix("-") {
        let place = scene.paths.place(path, from: call.directory)
        guard !place.path.isEmpty, scene.world[place.volume].entry(at: place.path) == nil else {
          continue
        }
        let files = call.name == "touch" ? 1.0 : 0
        scene.world[place.volume].add(Tree(files: files), at: place.path, assumptions: [])
      }
      return .success
    case "basename":
      var name = (call.texts.first ?? "").split(separator: "/").last.map(String.init) ?? ""
      if call.texts.count > 1, name.hasSuffix(call.texts[1]) {
        name = String(name.dropLast(call.texts[1].count))
      }
      return call.arguments.allSatisfy(\.isKnown) ? .printing(name) : .success
    case "dirname":
      guard let path = call.texts.first, call.arguments[0].isKnown else { return .success }
      let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      return .printing(parent.isEmpty ? "/" : parent)
    default: return .success
    }
  }

  private func text(_ call: CommandCall, _ scene: Scene) -> String? {
    guard let path = call.texts.first(where: { !$0.hasPrefix("-") }) else { return call.input }
    let place = scene.paths.place(path, from: call.directory)
    return scene.text(at: place)
  }
}
