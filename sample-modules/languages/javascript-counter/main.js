'use strict';
// Counts to a number, one result a step; carries on where it stopped.
require('pawl').run(async (task) => {
  for (let n = task.saved('counted', 0) + 1; n <= task.inputs.to; n++) {
    task.checked(); // ends here when the job was stopped
    task.emit({ n });
    await task.checkpoint({ counted: n }); // the server may stop, move or resume the job here
    task.progress((100 * n) / task.inputs.to);
  }
  console.log(`counted to ${task.inputs.to}`);
});
