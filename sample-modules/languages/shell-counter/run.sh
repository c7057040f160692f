#!/bin/sh
# Counts to a number, one result a step; carries on where it stopped.
n=${PAWL_CHECKPOINT_COUNTED:-0}
while [ "$n" -lt "$PAWL_INPUT_TO" ]; do
  n=$((n + 1))
  pawl-task emit "{\"n\": $n}"
  pawl-task checkpoint "{\"counted\": $n}" || exit $? # 75: another run goes on from here
  pawl-task progress $((100 * n / PAWL_INPUT_TO))
done
echo "counted to $n"
