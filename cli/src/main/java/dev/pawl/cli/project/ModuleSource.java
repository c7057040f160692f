package dev.pawl.cli.project;

/** The source files of a new module: a module that does a step at a time and goes on where it stopped, and its test. */
sealed interface ModuleSource permits JavaSource, KotlinSource {

    /** The inputs that are declared in it. */
    DeclaredInputs inputs();

    /** The name of the folder of its sources. */
    String language();

    /** The end of the names of its files, without a dot. */
    default String ending() {
        return language();
    }

    /** The module. */
    String module();

    /** Its test. */
    String test();
}
