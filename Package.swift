// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library target: the folder has the short name, the module the `Gantry` prefix.
func stage(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: "Gantry\(name)", dependencies: dependencies, path: "Sources/\(name)",
    resources: resources, swiftSettings: settings)
}

/// The tests of one stage, which mirror its folder.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: "Gantry\(name)Tests",
    dependencies: [.init(stringLiteral: "Gantry\(name)")] + dependencies,
    path: "Tests/\(name)", exclude: exclude, resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "gantry",
  products: [
    .executable(name: "gantry", targets: ["gantry"]),
    .library(name: "GantryKernel", targets: ["GantryUnits", "GantryKernel"]),
    .library(
      name: "GantrySimulation",
      targets: [
        "GantryModel", "GantryManifests", "GantryCalibration", "GantryCloud", "GantryCompiler",
        "GantryEngine", "GantryScheduling", "GantryStatistics", "GantryExperiments",
      ]),
    .library(name: "GantryStore", targets: ["GantryStore"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    stage("Units"),
    stage("Kernel", ["GantryUnits"]),
    stage("Model", ["GantryUnits"]),
    stage("Manifests", ["GantryModel", "GantryUnits", .product(name: "Yams", package: "Yams")]),
    stage("Calibration", ["GantryKernel", "GantryModel", "GantryUnits"]),
    stage("Cloud", ["GantryModel", "GantryUnits"], resources: [.copy("Catalog")]),
    stage("Compiler", ["GantryModel", "GantryUnits", "GantryCloud"]),
    stage("Scheduling", ["GantryModel", "GantryUnits"]),
    stage("Engine", ["GantryKernel", "GantryScheduling", "GantryModel", "GantryUnits"]),
    stage("Statistics", ["GantryModel"]),
    stage(
      "Experiments",
      [
        "GantryCompiler", "GantryEngine", "GantryCloud", "GantryStatistics", "GantryModel",
        "GantryUnits",
      ]),
    stage(
      "Checks", ["GantryCompiler", "GantryEngine", "GantryCloud", "GantryModel", "GantryUnits"]),
    stage(
      "Store",
      [
        "GantryModel", "GantryUnits", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    stage("Report", ["GantryCalibration", "GantryStatistics", "GantryModel", "GantryUnits"]),
    stage(
      "Commands",
      [
        "GantryUnits", "GantryModel", "GantryManifests", "GantryCloud", "GantryCompiler",
        "GantryCalibration", "GantryChecks", "GantryStatistics", "GantryExperiments", "GantryStore",
        "GantryReport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    tests("Scheduling", ["GantryModel", "GantryUnits"], resources: [.copy("Fixtures")]),
    .executableTarget(
      name: "gantry", dependencies: ["GantryCommands"], path: "Sources/gantry",
      swiftSettings: settings),
    stage("TestSupport", ["GantryStatistics", "GantryModel", "GantryUnits"]),

    tests("Kernel", ["GantryUnits"]),
    tests("Manifests", ["GantryTestSupport", "GantryModel", "GantryUnits"]),
    tests("Calibration", ["GantryManifests", "GantryKernel", "GantryModel", "GantryUnits"]),
    tests("Cloud", ["GantryModel", "GantryUnits"]),
    tests(
      "Compiler",
      [
        "GantryTestSupport", "GantryManifests", "GantryCloud", "GantryEngine", "GantryModel",
        "GantryUnits",
      ],
      resources: [.copy("Fixtures")]),
    tests("Engine", ["GantryKernel", "GantryModel", "GantryUnits"]),
    tests("Statistics", ["GantryModel"]),
    tests(
      "Experiments",
      [
        "GantryCompiler", "GantryEngine", "GantryManifests", "GantryCloud", "GantryReport",
        "GantryStatistics", "GantryModel", "GantryUnits",
      ]),
    tests(
      "Checks",
      [
        "GantryTestSupport", "GantryManifests", "GantryCompiler", "GantryCloud", "GantryModel",
        "GantryUnits",
      ]),
    tests(
      "Commands",
      [
        "gantry", "GantryManifests", "GantryStore", "GantryModel",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "Store",
      ["GantryTestSupport", "GantryModel", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      "Report", ["GantryTestSupport", "GantryStatistics", "GantryModel", "GantryUnits"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "GantryScenariosTests",
      dependencies: [
        "gantry", "GantryCommands", "GantryStore", "GantryCompiler", "GantryEngine",
        "GantryExperiments",
        "GantryModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/Scenarios", swiftSettings: settings),
  ]
)
