import GantryCompiler
import GantryModel

/// A task that reads files which a task on another architecture made for that architecture.
struct ForeignFilesRule: CheckRule {
  static let foreign = FindingKind(
    "W0702", "task reads files made for another architecture",
    "What package managers and compilers leave may hold programs for the architecture they ran on; "
      + "an image built from it does not start on another.",
    remedy: "give each architecture its own subPath, and fill it on a node of that architecture")

  static let kinds = [foreign]

  /// Commands that may leave programs of the architecture they run on.
  private static let native: Set<String> = [
    "npm", "yarn", "pnpm", "pip", "pip3", "make", "gcc", "g++", "cc", "c++", "clang", "cargo",
    "rustc", "go", "cmake", "ninja", "dotnet", "gem", "bundle", "composer", "dnf", "yum",
    "microdnf", "apt-get", "apt", "apk",
  ]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.indices.flatMap { run -> [Diagnostic] in
      let units = subject.units(of: run)
      return units.flatMap { reader in
        units.compactMap { finding(reader, writer: $0, subject.runs[run]) }
      }
    }
  }

  private func finding(
    _ reader: TaskRunUnit, writer: TaskRunUnit, _ run: ResolvedPipelineRun
  ) -> Diagnostic? {
    guard let own = reader.architecture, let other = writer.architecture, own != other,
      !run.isOrdered(reader.task, before: writer.task)
    else { return nil }
    let reads = reader.accesses.filter { !$0.isWrite }
    let write = writer.accesses.filter { $0.isWrite && Self.native.contains($0.command) }
      .sorted(by: FileAccess.isEarlier).first { write in reads.contains { $0.overlaps(write) } }
    guard let write else { return nil }
    return Self.foreign.finding(
      "task '\(reader.name)' runs on \(own.rawValue) and reads '\(write.path)' of workspace "
        + "'\(run.claims[write.claim].workspace)', which '\(write.command)' of task "
        + "'\(writer.name)' fills on \(other.rawValue)",
      at: reader.pipelineTask.location,
      notes: [.init("'\(writer.name)' is here", at: writer.pipelineTask.location)])
  }
}
