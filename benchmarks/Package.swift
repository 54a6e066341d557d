// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let kernel = Target.Dependency.product(name: "GantryKernel", package: "gantry")

let package = Package(
  name: "gantry-benchmarks",
  // Named, because the folder of a checkout can have any name.
  dependencies: [.package(name: "gantry", path: "..")],
  targets: [
    .target(
      name: "FarmModel", dependencies: [kernel], path: "Benchmarks/FarmModel",
      swiftSettings: settings),
    .executableTarget(
      name: "FarmBenchmarks", dependencies: ["FarmModel"], path: "Benchmarks/FarmBenchmarks",
      swiftSettings: settings),
    .executableTarget(
      name: "FlowBenchmarks",
      dependencies: [kernel], path: "Benchmarks/FlowBenchmarks",
      swiftSettings: settings),
    .executableTarget(
      name: "SchedulerBenchmarks",
      dependencies: [.product(name: "GantrySimulation", package: "gantry"), kernel],
      path: "Benchmarks/SchedulerBenchmarks", swiftSettings: settings),
    .executableTarget(
      name: "SimulationBenchmarks",
      dependencies: [.product(name: "GantrySimulation", package: "gantry"), kernel],
      path: "Benchmarks/SimulationBenchmarks", swiftSettings: settings),
    .testTarget(
      name: "FarmModelTests", dependencies: ["FarmModel"], path: "Tests/FarmModelTests",
      swiftSettings: settings),
  ]
)
