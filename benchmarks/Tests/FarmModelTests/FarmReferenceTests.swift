import FarmModel
import Testing
