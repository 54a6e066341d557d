// Tools that were not measured: estimates in seconds of m5a.2xlarge, and guesses named as such.

extension Figure {
  private static func tool(_ id: String, _ value: Double, _ unit: String, _ text: String) -> Figure
  {
    estimate(id, value, unit, text, source: Source.tools)
  }

  static let stepDefault = guess(
    "step.default", 10, "s", "a step in which nothing is recognised: its time (1 to 300)")
  static let unknownCommand = guess(
    "command.unknown", 1, "s on m5a.2xlarge",
    "a command that gantry does not know: CPU on one thread (0.01 to 1000)")

  static let loopRounds = guess(
    "loop.rounds", 1, "rounds",
    "a loop whose condition is known only when it runs: rounds (1 to 100)")
  static let unknownSleep = guess(
    "sleep.unknown", 5, "s", "a sleep whose length is known only when it runs (0 to 600)")
  static let unknownFile = guess(
    "file.unknown.bytes", 100_000, "bytes",
    "a file that a command reads or writes and gantry cannot see (0 to 10 GB)")
  static let filterShare = guess(
    "filter.output", 0.1, "of the input", "what grep, awk, cut and the like let through (0 to 1)")
  static let textPerGiB = tool(
    "text.cpuPerGiB", 4, "s/GiB on m5a.2xlarge",
    "CPU of wc, grep, sed, sort and the like for what they read (0.5 to 60)")
  static let clusterWait = guess(
    "oc.wait", 30, "s", "oc or kubectl waiting for something in the cluster (0 to 1800)")

  static let repositoryFiles = guess(
    "git.repository.files", 300, "files", "a repository that gantry cannot see: files")
  static let repositoryBytes = guess(
    "git.repository.bytes", 2_097_152, "bytes", "a repository that gantry cannot see: checked out")
  static let repositoryPack = guess(
    "git.repository.pack", 2_097_152, "bytes", "a repository that gantry cannot see: download")
  static let packRatio = tool(
    "git.packRatio", 0.65, "ratio",
    "a shallow clone's download against the checked-out bytes (90 KiB for 139 KB in one repository)"
  )
  static let gitInitFiles = tool(
    "git.init.files", 30, "files",
    "files that git init and fetch put into .git (hook samples, refs)")
  static let gitRequests = tool(
    "git.requests", 4, "requests", "requests of a clone: references, negotiation, pack, TLS")
  static let gitFixedCPU = tool(
    "git.fixedCPU", 0.3, "s on m5a.2xlarge", "CPU of a clone besides its files")

  static let npmPackages = guess(
    "npm.packages", 200, "packages", "packages of a project whose lock file gantry cannot see")
  static let npmPackagesPerDependency = guess(
    "npm.packagesPerDependency", 25, "packages",
    "packages each dependency of package.json brings when there is no lock file (5 to 100)")
  static let npmBytes = tool(
    "npm.package.bytes", 45_000, "bytes", "an npm package unpacked (express 4: 64 packages, ~3 MB)")
  static let npmDownload = tool(
    "npm.package.download", 12_000, "bytes", "an npm package's compressed archive")
  static let npmFiles = tool("npm.package.files", 9, "files", "files of an npm package")
  static let npmDirectories = tool(
    "npm.package.directories", 2, "directories", "directories of an npm package")
  static let npmRequests = tool(
    "npm.package.requests", 2, "requests", "requests per npm package (one of them for metadata)")
  static let npmFixedCPU = tool(
    "npm.fixedCPU", 3, "s on m5a.2xlarge", "CPU of npm install besides its packages (2 to 6)")
  static let npmPackageCPU = tool(
    "npm.package.cpu", 0.035, "s on m5a.2xlarge", "CPU of npm install per package")
  static let npmThreads = tool("npm.threads", 1.6, "threads", "threads that npm install keeps busy")
  static let npmConnections = estimate(
    "npm.connections", 15, "connections", "connections npm opens at once",
    source: "npm configuration, maxsockets default 15, read 2026-11")
  static let npmWriters = estimate(
    "npm.writers", 4, "calls", "file operations npm has under way at once",
    source: "Node.js UV_THREADPOOL_SIZE default 4, read 2026-11")

  static let mavenArtifacts = guess(
    "maven.artifacts", 900, "artifacts",
    "jars, poms and plug-ins that a cold repository downloads (Quarkus; 300 to 2000)")
  static let mavenBytes = guess(
    "maven.download", 120_000_000, "bytes", "what a cold Maven repository downloads (50 to 250 MB)")
  static let mavenRequests = estimate(
    "maven.requestsPerArtifact", 2, "requests", "requests per artifact: the file and its checksum",
    source: "Maven Resolver checksum policy default, read 2026-11")
  static let mavenConnections = estimate(
    "maven.connections", 5, "connections", "artifacts Maven downloads at once",
    source: "Maven Resolver aether.connector.basic.threads default 5, read 2026-11")
  static let mavenStartCPU = tool(
    "maven.startCPU", 6, "s on m5a.2xlarge",
    "CPU of starting Maven and reading the project (4 to 10)")
  static let mavenPackageCPU = tool(
    "maven.packageCPU", 45, "s on m5a.2xlarge",
    "CPU of resolve, compile and package for a small service (20 to 90)")
  static let mavenTestCPU = tool(
    "maven.testCPU", 30, "s on m5a.2xlarge", "CPU of the tests of a small service (10 to 60)")
  static let mavenThreads = tool(
    "maven.threads", 2, "threads", "threads that Maven, JIT compiler and collector keep busy")
  static let mavenTarget = guess(
    "maven.target.bytes", 20_000_000, "bytes", "what mvn package leaves in target (5 to 100 MB)")
  static let mavenTargetFiles = guess(
    "maven.target.files", 250, "files", "files that mvn package leaves in target")

  static let packageBytes = guess(
    "package.installed", 6_000_000, "bytes", "a distribution package that gantry does not list")
  static let packageDownload = guess(
    "package.download", 2_000_000, "bytes", "its download")
  static let packageFiles = guess("package.files", 60, "files", "its files")
  static let packageCPUPerMB = tool(
    "package.cpuPerMB", 0.12, "s on m5a.2xlarge per MB",
    "CPU to unpack and register a distribution package, per MB installed")
  static let packageCPU = tool(
    "package.cpu", 0.25, "s on m5a.2xlarge", "CPU per distribution package besides its size")
  static let packageManagerCPU = tool(
    "package.managerCPU", 3, "s on m5a.2xlarge",
    "CPU of starting the package manager and solving dependencies")
  static let metadataCPUPerMB = tool(
    "package.metadataCPUPerMB", 0.22, "s on m5a.2xlarge per MB",
    "CPU to check, unpack and index repository metadata, per MB downloaded (0.1 to 0.4)")
  static let packageConnections = estimate(
    "package.connections", 3, "connections", "downloads a package manager has under way at once",
    source: "dnf.conf(5), max_parallel_downloads default 3, read 2026-11")
  static let packageUpdate = guess(
    "package.updateDownload", 15_000_000, "bytes",
    "what updating a whole base image downloads (0 to 60 MB)")

  static let pipBytes = tool("pip.package.bytes", 3_000_000, "bytes", "a Python package installed")
  static let pipCPU = tool("pip.package.cpu", 1.2, "s on m5a.2xlarge", "CPU per Python package")
  static let pipFiles = tool("pip.package.files", 120, "files", "files of a Python package")
  static let goBuildCPU = guess(
    "go.build.cpu", 60, "s on m5a.2xlarge", "CPU of go build with an empty cache (10 to 300)")
  static let goModules = guess(
    "go.modules.download", 30_000_000, "bytes", "modules that go build downloads (0 to 300 MB)")
  static let compileCPU = guess(
    "compile.cpu", 60, "s on m5a.2xlarge", "CPU of make or a build tool (1 to 3600)")
  static let compilerCallCPU = guess(
    "compile.call.cpu", 1.5, "s on m5a.2xlarge", "CPU of one compiler call")
  static let artifactBytes = guess(
    "compile.artifact.bytes", 15_000_000, "bytes", "what a build tool leaves behind")
  static let downloadBytes = guess(
    "download.bytes", 20_000_000, "bytes", "a file that curl or wget fetches (10 kB to 1 GB)")
  static let copyBytes = guess(
    "copy.unknown.bytes", 5_000_000, "bytes", "files to copy or pack that gantry cannot see")
  static let copyFiles = guess(
    "copy.unknown.files", 50, "files", "files to copy or pack that gantry cannot see")

  static let unknownRun = guess(
    "bud.unknown.runCPU", 15, "s on m5a.2xlarge",
    "CPU of the instructions of a Containerfile that gantry cannot see")
  static let unknownAdded = guess(
    "bud.unknown.added", 50_000_000, "bytes",
    "what the instructions of a Containerfile that gantry cannot see add")
  static let imageCompressed = guess(
    "image.unknown.compressed", 104_857_600, "bytes", "an image gantry does not list: compressed")
  static let imageUnpacked = guess(
    "image.unknown.unpacked", 293_601_280, "bytes", "an image gantry does not list: unpacked")
  static let imageFiles = guess(
    "image.unknown.files", 9000, "files", "an image gantry does not list: files")
  static let imageLayers = guess(
    "image.unknown.layers", 4, "layers", "an image gantry does not list: layers")
  static let blobRequests = estimate(
    "registry.requestsPerBlob", 4, "requests",
    "requests per pushed layer: HEAD, POST, PATCH, PUT",
    source: "OCI distribution specification, blob upload, read 2026-11")

  static let toolsAll: [Figure] = [
    stepDefault, unknownCommand, loopRounds, unknownSleep, unknownFile, filterShare,
    textPerGiB, clusterWait, repositoryFiles, repositoryBytes, repositoryPack, packRatio,
    gitInitFiles, gitRequests, gitFixedCPU, npmPackages, npmPackagesPerDependency, npmBytes,
    npmDownload, npmFiles, npmDirectories, npmRequests, npmFixedCPU, npmPackageCPU, npmThreads,
    npmConnections, npmWriters, mavenArtifacts, mavenBytes, mavenRequests, mavenConnections,
    mavenStartCPU, mavenPackageCPU, mavenTestCPU, mavenThreads, mavenTarget, mavenTargetFiles,
    packageBytes, packageDownload, packageFiles, packageCPUPerMB, packageCPU, packageManagerCPU,
    metadataCPUPerMB, packageConnections, packageUpdate, pipBytes, pipCPU, pipFiles, goBuildCPU,
    goModules, compileCPU, compilerCallCPU, artifactBytes, downloadBytes, copyBytes, copyFiles,
    unknownRun, unknownAdded, imageCompressed, imageUnpacked, imageFiles, imageLayers, blobRequests,
  ]
}
