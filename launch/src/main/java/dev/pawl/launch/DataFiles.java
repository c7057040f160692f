package dev.pawl.launch;

/** The names in the data folder that the launcher and a bundle both look at. */
public final class DataFiles {

    /** The file that is there while a restore puts files aside and others in their place; a start brings it to its end. */
    public static final String UNFINISHED_RESTORE = "restore.unfinished";

    /** The file that is there while a migration fills the folder; a start refuses the folder, and another migration begins anew. */
    public static final String UNFINISHED_MIGRATION = "migration.unfinished";

    private DataFiles() {}
}
