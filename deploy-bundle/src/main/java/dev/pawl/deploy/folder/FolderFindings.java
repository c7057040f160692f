package dev.pawl.deploy.folder;

import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.FolderReport.Refusal;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a report of the modules folder, as they are found. */
final class FolderFindings {

    final List<Deployed> installed = new ArrayList<>();
    final Map<String, Refusal> failed = new LinkedHashMap<>();
    final List<String> skipped = new ArrayList<>();
    private @Nullable ProblemException storeUnavailable;

    void failed(String name, String reason, Exception why) {
        failed.put(name, new Refusal(name, reason));
        if (why instanceof ProblemException problem && problem.code() == ProblemCode.STORE_UNAVAILABLE) {
            storeUnavailable = problem;
        }
    }

    /** Throws what the store has failed with, if it has. */
    void throwStoreUnavailable() {
        if (storeUnavailable != null) {
            throw storeUnavailable;
        }
    }

    FolderReport report() {
        return new FolderReport(installed, List.copyOf(failed.values()), skipped);
    }
}
