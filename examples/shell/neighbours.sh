#!/bin/sh
# Recognises the grower of a wine by its nearest neighbours, each wine in turn by all the others, and prints the share of mistakes.
#
#   neighbours.sh -k NEIGHBOURS -p POWER -s SCALING
#
#   -k  how many neighbours vote (1 to 177)
#   -p  power of the Minkowski distance (above 0; 1 is city block, 2 is Euclidean)
#   -s  how far the measurements are brought to one scale: each is divided by its standard deviation to this power
#       (0 is not at all, 1 is fully)
set -eu
export LC_ALL=C

k=5 p=2 s=0
while getopts k:p:s: option; do
  case $option in
    k) k=$OPTARG ;;
    p) p=$OPTARG ;;
    s) s=$OPTARG ;;
    *) echo "usage: neighbours.sh -k NEIGHBOURS -p POWER -s SCALING" >&2; exit 2 ;;
  esac
done

exec awk -F , -v k="$k" -v p="$p" -v s="$s" '
  BEGIN {
    if (k != int(k) || k < 1 || k > 177) refuse("-k must be a whole number from 1 to 177, found " k)
    if (p + 0 <= 0) refuse("-p must be a number above 0, found " p)
    if (s != s + 0) refuse("-s must be a number, found " s)
  }

  FNR > 1 {
    rows++
    for (column = 1; column < NF; column++) {
      x[rows, column] = $column
      sum[column] += $column
      squares[column] += $column ^ 2
    }
    class[rows] = $NF
    columns = NF - 1
  }

  END {
    if (failed) exit 2
    for (column = 1; column <= columns; column++) {
      deviation = sqrt(squares[column] / rows - (sum[column] / rows) ^ 2)
      for (row = 1; row <= rows; row++) x[row, column] /= deviation ^ s
    }
    for (a = 1; a <= rows; a++) {
      for (b = 1; b < a; b++) {
        distance = 0
        for (column = 1; column <= columns; column++) {
          difference = x[a, column] - x[b, column]
          distance += (difference < 0 ? -difference : difference) ^ p
        }
        d[a, b] = d[b, a] = distance
      }
    }
    for (row = 1; row <= rows; row++) mistakes += vote(row) != class[row]
    printf "%d wines, %d measurements, each wine judged by the others\n", rows, columns
    printf "result: error = %.4f (k=%d, p=%.3g, s=%.3g)\n", mistakes / rows, k, p, s
  }

  # The class of most of the k nearest; of classes with as many votes, the one that had them first, counted outwards.
  function vote(row,    n, other, nearest, used, votes, winner) {
    for (n = 1; n <= k; n++) {
      nearest = 0
      for (other = 1; other <= rows; other++)
        if (other != row && !(other in used) && (!nearest || d[row, other] < d[row, nearest])) nearest = other
      used[nearest]
      votes[class[nearest]]++
      if (n == 1 || votes[class[nearest]] > votes[winner]) winner = class[nearest]
    }
    return winner
  }

  function refuse(message) {
    print "neighbours.sh: " message > "/dev/stderr"
    failed = 1
    exit 2
  }
' "$(dirname "$0")/data/wine.csv"
