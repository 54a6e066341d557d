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
let simulation = Target.Dependency.product(name: "GantrySimulation", package: "gantry")

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
      dependencies: [simulation, kernel], path: "Benchmarks/SchedulerBenchmarks",
      swiftSettings: settings),
    .target(
      name: "BenchmarkSupport", dependencies: [simulation],
      path: "Benchmarks/BenchmarkSupport", swiftSettings: settings),
    .executableTarget(
      name: "SimulationBenchmarks", dependencies: ["BenchmarkSupport", simulation, kernel],
      path: "Benchmarks/SimulationBenchmarks", swiftSettings: settings),
    .executableTarget(
      name: "StoreBenchmarks",
      dependencies: [
        "BenchmarkSupport", simulation, .product(name: "GantryStore", package: "gantry"),
      ],
      path: "Benchmarks/StoreBenchmarks", swiftSettings: settings),
    .testTarget(
      name: "FarmModelTests", dependencies: ["FarmModel"], path: "Tests/FarmModelTests",
      swiftSettings: settings),
  ]
)
