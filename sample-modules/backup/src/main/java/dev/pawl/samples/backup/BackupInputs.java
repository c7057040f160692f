package dev.pawl.samples.backup;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a backup, a verification or a restoring.
 *
 * @param action what to do
 * @param name the name of the series of archives
 * @param target the folder of the archives
 * @param folder the folder to back up
 * @param sqlite the SQLite database to back up
 * @param postgres the PostgreSQL database to back up
 * @param exclude the globs of what is left out
 * @param onProblem what happens with files that cannot be read or change while they are read
 * @param verify whether a new archive is read back
 * @param keepLast the number of newest archives to keep
 * @param keepDaily the number of days of which the last archive is kept
 * @param keepWeekly the number of weeks of which the last archive is kept
 * @param keepMonthly the number of months of which the last archive is kept
 * @param archive the archive to verify or restore
 * @param into the empty folder to restore into
 */
public record BackupInputs(
        @Default("backup") @Description("What to do: backup, verify or restore.")
        String action,

        @Bounds(min = 1, max = 64)
        @Description("The name of the series; an archive is called name-20260131T235959Z.tar.zst.")
        @Nullable
        String name,

        @Description("The existing folder for the archives.") @Nullable
        String target,

        @Description("The folder to back up.") @Nullable String folder,

        @Description("The SQLite database to back up, which may be in use.") @Nullable
        String sqlite,

        @Description("The PostgreSQL database to back up.") @Nullable
        Postgres postgres,

        @Description("Globs of what to leave out, such as *.tmp, cache/ or logs/**/*.gz.") @Nullable
        List<String> exclude,

        @Default("warn")
        @Description("What a file does that cannot be read, or changes while it is read: warn, or fail the job.")
        String onProblem,

        @Default("true") @Description("Whether a new archive is read back and compared before it gets its name.")
        boolean verify,

        @Bounds(min = 1, max = 1000) @Description("Keep so many newest archives.") @Nullable
        Integer keepLast,

        @Bounds(min = 1, max = 1000) @Description("Keep the last archive of so many days.") @Nullable
        Integer keepDaily,

        @Bounds(min = 1, max = 1000) @Description("Keep the last archive of so many weeks.") @Nullable
        Integer keepWeekly,

        @Bounds(min = 1, max = 1000) @Description("Keep the last archive of so many months.") @Nullable
        Integer keepMonthly,

        @Description("The archive to verify or restore; without it the newest of the series.") @Nullable
        String archive,

        @Description("The existing, empty folder to restore into.") @Nullable
        String into) {

    /**
     * A PostgreSQL database. Its password is a setting.
     *
     * @param database its name
     * @param host the server
     * @param port its port
     * @param user the user
     */
    public record Postgres(
            @Required @Description("The name of the database.")
            String database,

            @Description("The server's name or the folder of its socket; pg_dump's default otherwise.") @Nullable
            String host,

            @Bounds(min = 1, max = 65535) @Description("The server's port; pg_dump's default otherwise.") @Nullable
            Integer port,

            @Description("The user; pg_dump's default otherwise.") @Nullable
            String user) {}
}
