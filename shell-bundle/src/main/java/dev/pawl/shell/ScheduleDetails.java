package dev.pawl.shell;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.Timing;
import dev.pawl.shell.Table.Column;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Formats the details of a schedule. */
final class ScheduleDetails {

    private ScheduleDetails() {}

    static Table of(ScheduleEntry schedule) {
        Timing timing = schedule.request().timing();
        Table table = new Table("", Column.whole("FIELD"), Column.wrap("VALUE"))
                .row("name", schedule.request().name())
                .row("when", schedule.sentence());
        add(table, "cron", timing.cron());
        add(table, "every", text(timing.every()));
        add(table, "zone", timing.timeZone());
        add(table, "from", text(timing.startAt()));
        add(table, "until", text(timing.endAt()));
        add(table, "jitter", text(timing.jitter()));
        table.row("next", ScheduleCommands.next(schedule)).row("last", ShellText.moment(schedule.lastAt()));
        add(table, "last job", schedule.lastJob());
        if (schedule.lastJob() != null) {
            table.row("status", ScheduleCommands.status(schedule.lastStatus()));
        }
        table.row("overlap", schedule.request().overlap().wireName())
                .row("missed", schedule.request().missed().wireName())
                .row("changed", ShellText.moment(schedule.changedAt()))
                .row("title", schedule.request().job().title());
        schedule.request().job().tasks().forEach(task -> table.row("task", task.module() + " " + task.inputs()));
        return table;
    }

    private static void add(Table table, String field, @Nullable Object value) {
        if (value != null) {
            table.row(field, value);
        }
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.exact(duration);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : ShellText.moment(time);
    }
}
