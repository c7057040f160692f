package dev.pawl.deploy.folder;

import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.FolderReport.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of a report of the modules folder, as they are found. */
final class FolderFindings {

    final List<Deployed> installed = new ArrayList<>();
    final Map<String, Refusal> failed = new LinkedHashMap<>();
    final List<String> skipped = new ArrayList<>();

    FolderReport report() {
        return new FolderReport(installed, List.copyOf(failed.values()), skipped);
    }
}
