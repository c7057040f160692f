package dev.pawl.scheduler.action;

import dev.pawl.service.job.BulkReport;
import dev.pawl.service.job.BulkReport.Failed;
import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reports of actions as the values of checkpoints and results. */
final class ReportValues {

    private static final String MATCHED = "matched";
    private static final String DONE = "done";
    private static final String SKIPPED = "skipped";
    private static final String FAILED_COUNT = "failed_count";
    private static final String FAILED = "failed";
    private static final String NEXT = "next_cursor";

    private ReportValues() {}

    static Map<String, Object> of(BulkReport report) {
        Map<String, Object> values = figures(report);
        values.put(
                FAILED,
                report.failures().stream()
                        .map(failed -> Map.of(
                                "id", failed.job().toString(),
                                "code", failed.code().id(),
                                "detail", failed.detail()))
                        .toList());
        if (report.next() != null) {
            values.put(NEXT, report.next());
        }
        return values;
    }

    static Map<String, Object> figures(BulkReport report) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(MATCHED, report.matched());
        figures.put(DONE, report.done());
        figures.put(SKIPPED, report.skipped());
        figures.put(FAILED_COUNT, report.failed());
        return figures;
    }

    static BulkReport read(Map<String, Object> values) {
        List<Failed> failures = new ArrayList<>();
        if (values.get(FAILED) instanceof List<?> saved) {
            saved.forEach(failed -> failures.add(failed((Map<?, ?>) failed)));
        }
        return new BulkReport(
                number(values.get(MATCHED)),
                number(values.get(DONE)),
                number(values.get(SKIPPED)),
                number(values.get(FAILED_COUNT)),
                failures,
                values.get(NEXT) instanceof String next ? next : null);
    }

    private static Failed failed(Map<?, ?> values) {
        ProblemCode code = Arrays.stream(ProblemCode.values())
                .filter(known -> known.id().equals(values.get("code")))
                .findFirst()
                .orElse(ProblemCode.INTERNAL);
        return new Failed(
                UUID.fromString(String.valueOf(values.get("id"))), code, String.valueOf(values.get("detail")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
