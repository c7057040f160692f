package dev.pawl.shell;

import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.job.JobStatus;
import dev.pawl.shell.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats the details of a module, and of a change to it. */
final class ModuleDetails {
    private ModuleDetails() {}

    static Table of(ModuleEntry module, @Nullable ModuleDiagnosis diagnosis, @Nullable Deployer deployer) {
        Table table = new Table("", Column.whole("FIELD"), Column.wrap("VALUE"))
                .row("id", module.id())
                .row("name", module.name())
                .row("about", module.description())
                .row("version", module.version())
                .row("state", module.state().wireName());
        if (!module.explanation().isEmpty()) {
            table.row("reason", module.explanation());
        }
        module.warnings().forEach(warning -> table.row("warning", warning));
        table.row("bundle", module.bundle());
        if (diagnosis != null) {
            add(table, diagnosis);
        }
        if (deployer != null) {
            deployer.deployment(module.id()).ifPresent(deployment -> add(table, deployment));
            List<Deployment> former = deployer.former(module.id());
            if (!former.isEmpty()) {
                table.row("former", former.stream().map(Deployment::version).collect(Collectors.joining(", ")));
            }
        }
        module.inputs().fields().forEach(field -> table.row("input", line(field)));
        module.settings().fields().forEach(field -> table.row("setting", line(field)));
        return table;
    }

    /** @param dryRun whether it is only a forecast */
    static Table of(Deployed deployed, boolean dryRun) {
        Deployment deployment = deployed.deployment();
        String former = deployed.formerVersion();
        boolean isOther = former != null && !former.equals(deployment.version());
        Table table = new Table("", Column.whole("FIELD"), Column.wrap("VALUE"))
                .row("change", word(deployed.change()) + (dryRun ? " (dry run: nothing was changed)" : ""))
                .row(
                        "modules",
                        deployment.modules().stream()
                                .map(Deployment.ModuleIdentity::id)
                                .collect(Collectors.joining(", ")))
                .row("version", deployment.version() + (isOther ? " (was " + former + ")" : ""));
        deployed.jobs().forEach(job -> table.row("job", ShellText.id(job.job()) + " " + word(job.outcome())));
        Impact impact = deployed.impact();
        impact.touched().forEach(bundle -> table.row("restarted", bundle));
        impact.affected().forEach(other -> table.row("affected", other.bundle() + ": " + other.why()));
        impact.waiting().forEach(job -> table.row("waiting", ShellText.id(job)));
        impact.appears().forEach(capability -> table.row("added", word(capability.kind()) + " " + capability.name()));
        impact.vanishes()
                .forEach(capability -> table.row("removed", word(capability.kind()) + " " + capability.name()));
        return table;
    }

    static Table of(List<HistoryEntry> lines) {
        Table table = new Table(
                "This module has no history.",
                Column.whole("AT"),
                Column.cut("BY"),
                Column.whole("ACTION"),
                Column.cut("FROM"),
                Column.cut("TO"),
                Column.whole("OUTCOME"),
                Column.wrap("DETAIL"));
        lines.forEach(line -> table.row(
                ShellText.moment(line.at()),
                line.by(),
                word(line.action()),
                Objects.requireNonNullElse(line.from(), ""),
                Objects.requireNonNullElse(line.to(), ""),
                word(line.outcome()),
                line.detail()));
        return table;
    }

    private static void add(Table table, ModuleDiagnosis diagnosis) {
        table.row("bundle state", diagnosis.bundleState());
        ModuleDiagnosis.Component component = diagnosis.component();
        if (component != null) {
            table.row("component", component.name() + ": " + component.state());
            component.references().stream()
                    .filter(reference -> !reference.satisfied())
                    .forEach(reference -> table.row("lacks", reference.service()));
            component.configuration().forEach(one -> table.row("configuration", one.pid() + ": " + word(one)));
        }
        for (JobStatus status : JobStatus.values()) {
            long jobs = diagnosis.jobs().getOrDefault(status, 0L);
            if (jobs > 0) {
                table.row(status.wireName() + " jobs", jobs);
            }
        }
        if (diagnosis.abandonedThreads() > 0) {
            table.row("abandoned threads", diagnosis.abandonedThreads());
        }
        diagnosis
                .threads()
                .forEach(thread -> table.row(
                        word(thread.kind()) + " thread",
                        thread.name() + "\n    at " + String.join("\n    at ", thread.stack())));
        diagnosis
                .retiring()
                .forEach(old -> table.row(
                        "retiring",
                        old.version() + ", with jobs "
                                + old.jobs().stream().map(ShellText::id).collect(Collectors.joining(", "))));
        diagnosis
                .leaks()
                .forEach(leak -> table.row(
                        "leak",
                        "version " + leak.version() + ", removed " + ShellText.moment(leak.goneAt()) + ": "
                                + String.join(" ", leak.holders())));
    }

    private static void add(Table table, Deployment deployment) {
        table.row("sha256", deployment.sha256())
                .row("origin", word(deployment.origin()))
                .row("installed", ShellText.moment(deployment.installedAt()) + " by " + deployment.installedBy());
        String signer = deployment.signer();
        if (signer != null) {
            table.row("signer", signer);
        }
    }

    private static String line(Field field) {
        Object otherwise = field.otherwise();
        String need = field.required() ? ", required" : otherwise == null ? "" : ", default " + otherwise;
        String about = field.description().isEmpty() ? "" : ": " + field.description();
        return field.id() + " (" + field.type().wireName() + need + ")" + about;
    }

    private static String word(ModuleDiagnosis.Configuration configuration) {
        return configuration.present() ? "present" : configuration.required() ? "missing" : "missing, but optional";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
