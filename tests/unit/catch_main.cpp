// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * main() of every unit test program, and the reporter "tap": one line for each test case, where
 * Catch's own TAP reporter prints one for each assertion. What failed follows as comment lines.
 *
 * Catch takes long to compile, so this is the one file that defines its main.
 */
#define CATCH_CONFIG_RUNNER
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

class CaseTapReporter : public Catch::StreamingReporterBase<CaseTapReporter> {
public:
    explicit CaseTapReporter(const Catch::ReporterConfig &config) : StreamingReporterBase(config) {}

    static std::string getDescription() { return "TAP, one line for each test case"; }

    void assertionStarting(const Catch::AssertionInfo &) override {}

    bool assertionEnded(const Catch::AssertionStats &stats) override
    {
        const auto &result = stats.assertionResult;
        if (result.isOk())
            return true;
        std::ostringstream text;
        text << result.getSourceInfo() << ": " << result.getExpressionInMacro();
        if (result.hasExpandedExpression())
            text << "\n  " << result.getExpandedExpression();
        if (result.hasMessage())
            text << "\n  " << result.getMessage();
        for (const auto &message : stats.infoMessages)
            text << "\n  with " << message.message;
        failures_.push_back(text.str());
        return true;
    }

    void testCaseEnded(const Catch::TestCaseStats &stats) override
    {
        const bool ok = stats.totals.assertions.allOk();
        stream << (ok ? "ok " : "not ok ") << ++number_ << " - " << stats.testInfo.name << '\n';
        for (const auto &failure : failures_)
            comment(failure);
        comment(stats.stdOut + stats.stdErr);
        failures_.clear();
        stream << std::flush;
        StreamingReporterBase::testCaseEnded(stats);
    }

    void testRunEnded(const Catch::TestRunStats &stats) override
    {
        stream << "1.." << number_ << '\n';
        StreamingReporterBase::testRunEnded(stats);
    }

private:
    void comment(const std::string &text)
    {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
            stream << "# " << line << '\n';
    }

    std::vector<std::string> failures_;
    unsigned number_ = 0;
};

CATCH_REGISTER_REPORTER("tap", CaseTapReporter)

} // namespace

int main(int argc, char **argv)
{
    return Catch::Session().run(argc, argv);
}
