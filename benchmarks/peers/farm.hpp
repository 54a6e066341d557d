// Options, inputs and output of the build-farm model, for the C++ peers.
#pragma once

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace farm {

enum class Variant { exp, det, burst };

constexpr const char *variantNames[] = {"exp", "det", "burst"};
constexpr double cardCapacity = 150;  // MB/s of a node
constexpr double overhead = 2;        // seconds at the start of a task

struct Parameters {
  uint32_t runs = 1000;
  uint32_t nodes = 20;
  uint32_t slotsPerNode = 4;
  uint64_t seed = 1;
  Variant variant = Variant::exp;

  double hubCapacity() const { return 100.0 * nodes; }
  double meanGap() const { return 55.0 / nodes; }
  const char *variantName() const { return variantNames[int(variant)]; }
};

struct Options {
  Parameters parameters;
  uint32_t replications = 0;  // 0: one run of `parameters.seed`
  uint32_t threads = 1;
  std::string dump;

  Options(int count, char **arguments) {
    for (int i = 1; i < count; i += 2) {
      if (i + 1 == count) refuse(std::string(arguments[i]) + " needs a value");
      read(arguments[i], arguments[i + 1]);
    }
    const Parameters &p = parameters;
    if (p.nodes < 2 || p.nodes % 2) refuse("the number of nodes must be even and above 0");
    if (p.slotsPerNode < 1 || p.slotsPerNode > 64) refuse("a node has 1 to 64 slots");
    if (p.runs < 1 || p.runs > 1u << 28) refuse("the number of runs must be 1 to 268435456");
    if (threads < 1) refuse("counts must be above 0");
  }

 private:
  [[noreturn]] static void refuse(const std::string &reason) {
    std::fprintf(stderr,
                 "%s\nusage: farm [-R runs] [-K nodes] [-c slots] [-s seed] [-v exp|det|burst]\n"
                 "            [--reps n] [--threads n] [--dump file]\n",
                 reason.c_str());
    std::exit(64);
  }

  static uint64_t number(const std::string &option, const char *text, uint64_t most) {
    char *end = nullptr;
    const uint64_t value = std::strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value > most)
      refuse(option + " needs a number, not " + text);
    return value;
  }

  void read(const std::string &option, const char *value) {
    constexpr uint32_t most = UINT32_MAX;
    if (option == "-R") parameters.runs = number(option, value, most);
    else if (option == "-K") parameters.nodes = number(option, value, 1u << 24);
    else if (option == "-c") parameters.slotsPerNode = number(option, value, most);
    else if (option == "-s") parameters.seed = number(option, value, UINT64_MAX);
    else if (option == "-v") parameters.variant = variant(value);
    else if (option == "--reps") replications = atLeastOne(number(option, value, most));
    else if (option == "--threads") threads = number(option, value, 1024);
    else if (option == "--dump") dump = value;
    else refuse("unknown option " + option);
  }

  static uint32_t atLeastOne(uint64_t value) {
    if (!value) refuse("counts must be above 0");
    return value;
  }

  static Variant variant(const char *name) {
    for (int i = 0; i < 3; ++i)
      if (!std::strcmp(name, variantNames[i])) return Variant(i);
    refuse(std::string(name) + " is none of exp, det, burst");
  }
};

// Tasks of a run: 0 clone, 1 build on amd64, 2 build on arm64, 3 push.
constexpr double meanReads[] = {50, 200, 200, 800};    // MB
constexpr double meanComputes[] = {5, 60, 60, 4};      // seconds
constexpr double meanWrites[] = {200, 400, 400, 10};   // MB
inline bool onARM64(uint32_t task) { return task >= 2; }

// Every input is a function of seed, run and task.
class Inputs {
 public:
  explicit Inputs(const Parameters &p)
      : variant(p.variant), meanGap(p.meanGap()),
        key(mix(p.seed * 0x9E3779B97F4A7C15u + 0x632BE59BD9B4E019u)) {}

  double gap(uint32_t run) const {
    if (variant == Variant::exp) return exponential(run, 0, meanGap);
    return variant == Variant::det ? meanGap : 0;
  }
  double reads(uint32_t run, uint32_t task) const {
    return meanReads[task] * share(run, task, 1 + 3 * task);
  }
  double computes(uint32_t run, uint32_t task) const {
    if (variant == Variant::exp) return exponential(run, 2 + 3 * task, meanComputes[task]);
    return meanComputes[task] * nearOne(run, task);
  }
  double writes(uint32_t run, uint32_t task) const {
    return meanWrites[task] * share(run, task, 3 + 3 * task);
  }

 private:
  Variant variant;
  double meanGap;
  uint64_t key;

  static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  double uniform(uint32_t run, uint32_t purpose) const {
    const uint64_t counter = uint64_t(run) * 16 + purpose + 1;
    return double(int64_t(mix(key + counter * 0x9E3779B97F4A7C15u) >> 11)) * 0x1p-53;
  }
  double exponential(uint32_t run, uint32_t purpose, double mean) const {
    return -mean * std::log(1 - uniform(run, purpose));
  }
  double share(uint32_t run, uint32_t task, uint32_t purpose) const {
    return variant == Variant::exp ? 0.5 + uniform(run, purpose) : nearOne(run, task);
  }
  static double nearOne(uint32_t run, uint32_t task) {
    const double place = double(4 * uint64_t(run) + task + 1) * 0.6180339887498949;
    return 1 + 0.1 * (place - double(int64_t(place)));
  }
};

inline double seconds(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}
inline double processorSeconds() { return seconds(CLOCK_PROCESS_CPUTIME_ID); }
inline double wallSeconds() { return seconds(CLOCK_MONOTONIC); }

inline double peakMebibytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return double(usage.ru_maxrss) / 1024;
}

// What one simulation gave.
struct Result {
  uint64_t events;
  double makespan;
  const std::vector<double> &arrivals;
  const std::vector<double> &completions;
};

inline void writeDump(const std::string &path, const std::vector<double> &completions) {
  if (path.empty()) return;
  std::FILE *file = std::fopen(path.c_str(), "wb");
  if (!file || std::fwrite(completions.data(), 8, completions.size(), file) != completions.size()
      || std::fclose(file)) {
    std::perror(path.c_str());
    std::exit(74);
  }
}

inline void report(const char *impl, const Options &options, const Result &result, double setup,
                   double simulation) {
  const Parameters &p = options.parameters;
  double sum = 0, longest = 0;
  for (uint32_t run = 0; run < p.runs; ++run) {
    const double response = result.completions[run] - result.arrivals[run];
    sum += response;
    longest = std::max(longest, response);
  }
  writeDump(options.dump, result.completions);
  std::printf(
      "{\"impl\":\"%s\",\"variant\":\"%s\",\"R\":%u,\"K\":%u,\"c\":%u,\"seed\":%llu,"
      "\"events\":%llu,\"makespan\":%.9f,\"mean_response\":%.9f,\"max_response\":%.9f,"
      "\"setup_cpu_s\":%.4f,\"sim_cpu_s\":%.4f,\"events_per_s\":%.0f,\"rss_mb\":%.1f}\n",
      impl, p.variantName(), p.runs, p.nodes, p.slotsPerNode, (unsigned long long)p.seed,
      (unsigned long long)result.events, result.makespan, sum / p.runs, longest, setup, simulation,
      double(result.events) / simulation, peakMebibytes());
}

inline void reportReplications(const char *impl, const Options &options, uint64_t events,
                               const std::vector<double> &makespans, double processor,
                               double wall) {
  const Parameters &p = options.parameters;
  double sum = 0;
  for (double makespan : makespans) sum += makespan;
  const double count = double(makespans.size());
  std::printf(
      "{\"impl\":\"%s\",\"variant\":\"%s\",\"R\":%u,\"K\":%u,\"c\":%u,\"reps\":%zu,"
      "\"threads\":%u,\"events\":%llu,\"mean_makespan\":%.9f,\"cpu_s\":%.4f,\"wall_s\":%.4f,"
      "\"reps_per_wall_s\":%.0f}\n",
      impl, p.variantName(), p.runs, p.nodes, p.slotsPerNode, makespans.size(), options.threads,
      (unsigned long long)events, sum / count, processor, wall, count / wall);
}

}  // namespace farm
