/// Commands that cost nothing worth counting, whatever they are given.
///
/// They deal with names, attributes of single files and settings of the system; none of them reads or
/// writes the content of files.
struct FreeCommands: CommandModel {
  let names = [
    "basename", "date", "df", "dirname", "expr", "file", "getopts", "groupadd", "groups",
    "hostname",
    "id", "ldconfig", "ln", "ls", "mkdir", "mktemp", "nproc", "printenv", "readlink", "realpath",
    "stat", "touch", "trap", "type", "ulimit", "umask", "useradd", "usermod", "adduser", "addgroup",
    "wait", "which", "whoami", "getconf", "kill", "let", "((", "popd", "mapfile", "readarray",
    "shopt", "alias", "hash", "sync", "setcap", "passwd", "chpasswd", "update-alternatives",
    "alternatives", "locale-gen", "systemctl", "update-ca-trust", "update-ca-certificates", "tput",
    "test-ready",
  ]

  func run(_ call: CommandCall, in scene: Scene) -> CommandResult {
    scene.countFree()
    switch call.name {
    case "mkdir", "touch":
      for path in call.texts where !path.hasPrefix("-") {
        let place = scene.paths.place(path, from: call.directory)
        guard !place.path.isEmpty, scene.world[place.volume].summary(of: place.path) == nil else {
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
}
